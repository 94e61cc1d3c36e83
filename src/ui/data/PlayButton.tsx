import { RATE } from '../../core/data/features/clip';
import { say } from '../../core/language/say';

/** One player for the page: browsers allow only a few. It starts with a press, since they refuse sound that nobody asked for. */
let player: AudioContext | null = null;
let playing: AudioBufferSourceNode | null = null;

/** Plays a recording at 16 kHz, and stops the one before. */
export function PlayButton({ samples, label }: { samples: Float32Array; label: string }) {
  const play = () => {
    player ??= new AudioContext();
    playing?.stop();
    const buffer = player.createBuffer(1, samples.length, RATE);
    buffer.copyToChannel(new Float32Array(samples), 0);
    playing = new AudioBufferSourceNode(player, { buffer });
    playing.connect(player.destination);
    playing.start();
  };
  return (
    <button onClick={play} aria-label={label}>
      {say('Play')}
    </button>
  );
}
