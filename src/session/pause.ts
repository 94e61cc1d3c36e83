/**
 * A pause for browsers, in which the event loop handles waiting messages. tf.nextFrame would wait for an animation frame, which
 * hidden tabs never get; timers are throttled there.
 */
export function createPause(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  let resume: (() => void) | null = null;
  port1.onmessage = () => {
    resume?.();
    resume = null;
  };
  return () =>
    new Promise((resolve) => {
      resume = resolve;
      port2.postMessage(null);
    });
}
