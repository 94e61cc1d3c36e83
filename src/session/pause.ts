/**
 * A pause for browsers, in which the event loop handles waiting messages. tf.nextFrame would wait for an animation frame, which
 * hidden tabs never get; timers are throttled there.
 */
export function createPause(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
