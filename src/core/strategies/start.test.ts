/** What a search favours at its start. */
import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { runToEnd, smallConfig, smallSearch } from '../../../tests/support/search';
import type { Start } from '../config/searchConfig';
import { channelNetworks } from '../search/networks/channelNetworks';
import { passMacs } from '../search/passMacs';
import { searchSpace } from '../search/space';

beforeAll(() => useBackend('wasm'));

const space = searchSpace({ task: 'ic', device: 'gap8', searches: ['channels'] }, 10);
const networks = channelNetworks(space.seed, space.metrics);
const { targets } = smallConfig;

it.each([
  ['even', networks.options],
  ['largest', networks.largest(targets, 'params').map((less) => less + 1)],
  ['balanced', networks.largest(targets, 'balance').map((less) => less + 1)],
] as const)('channels start %s: all are there, and those beyond the favoured ones count less', async (channels, favoured) => {
  const start = { candidates: 'even' as Start, channels };
  const { search } = smallSearch({ method: 'pit', start, epochs: { warmup: 1, search: 1, finetune: 0 } });
  const events = await runToEnd(search);
  search.dispose();
  const names = events.flatMap((event) => (event.kind === 'phase' && event.phase === 'warmup' ? event.metricNames : []));
  const [values] = events.flatMap((event) => (event.kind === 'metrics' && event.phase === 'warmup' ? [event.values] : []));
  const read = (what: string) =>
    names.flatMap((name, at) => (name.startsWith('channels/') && name.endsWith(what) ? [values?.[at] as number] : []));
  expect(read('/kept')).toEqual(networks.options);
  read('/counted').forEach((counted, at) => {
    const [own, all] = [favoured[at] as number, networks.options[at] as number];
    expect(counted).toBeCloseTo(own + 0.6 * (all - own), 4);
  });
});

it('channels start from a balanced network after candidates too', async () => {
  const start = { candidates: 'balanced' as Start, channels: 'balanced' as Start };
  const { search } = smallSearch({ method: 'supernet+pit', start, epochs: { warmup: 1, search: 1, finetune: 0 } });
  const events = await runToEnd(search);
  search.dispose();
  const names = events.flatMap((event) => (event.kind === 'phase' && event.phase === 'masks' ? event.metricNames : []));
  const [values] = events.flatMap((event) => (event.kind === 'metrics' && event.phase === 'masks' ? [event.values] : []));
  const sum = (what: string) =>
    names.reduce((total, name, at) => total + (name.startsWith('channels/') && name.endsWith(what) ? (values?.[at] as number) : 0), 0);
  // Those beyond the balanced network count less, and some are beyond it.
  expect(sum('/counted')).toBeLessThan(0.99 * sum('/kept'));
});

it.each([
  ['even', 'params'],
  ['balanced', 'balance'],
] as const)('fine-tuning is reckoned with the network that a search starts from: %s', async (channels, by) => {
  const { search } = smallSearch({ method: 'pit', start: { candidates: 'even', channels }, epochs: { warmup: 0, search: 1, finetune: 1 } });
  const events = await runToEnd(search);
  search.dispose();
  const [started] = events.flatMap((event) => (event.kind === 'started' ? [event] : []));
  const { plan } = networks.describe(networks.largest(targets, by));
  expect(started?.phases.find(({ phase }) => phase === 'finetune')?.macs).toBe(passMacs(plan));
});
