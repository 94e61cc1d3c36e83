import { describe, expect, it } from 'vitest';
import { sharedRun } from '../../../../tests/support/sharedRun';
import { searchSpace } from '../../search/space';
import { imageClassification } from '../../tasks/imageClassification';
import { tasks } from '../../tasks/index';
import { checkSharedRun } from './checkSharedRun';

describe('a run that is handed to a class', () => {
  it.each(tasks.map((task) => [task.id, task] as const))('gets the costs of its network anew: %s', (id, task) => {
    const run = sharedRun(task);
    const { seedCosts } = searchSpace({ task: id, device: 'gap8' }, task.builtIn.classNames.length);
    const { costs, seedNetwork, ...facts } = checkSharedRun(JSON.parse(JSON.stringify(run)));
    expect(costs).toEqual(seedCosts);
    expect(seedNetwork).toEqual({ quality: 0.5, costs: seedCosts });
    expect(facts).not.toHaveProperty('network');
    expect(JSON.stringify(run).length).toBeLessThan(64_000);
  });

  const network = sharedRun().network;
  const [first, ...others] = network.layers;
  const odd = { ...first, note: 'for you' };
  it.each<[string, object, RegExp]>([
    ['a claimed cost', { costs: { flashBytes: 1 } }, /"costs"/],
    ['a name', { name: 'Somebody' }, /"name"/],
    ['markup for a device', { device: '<img src=x onerror=alert(1)>' }, /"device"/],
    ['an own device', { device: { name: 'mine' } }, /"device"/],
    ['an accuracy of 7', { quality: 7 }, /accuracy is above 1/],
    ['a seed network of 7', { seedQuality: 7 }, /accuracy is above 1/],
    ['no quality', { quality: null }, /"quality"/],
    ['a negative target', { targets: { flashBytes: -1 } }, /"targets\.flashBytes"/],
    ['a target of another metric', { targets: { price: 1 } }, /"targets\.price"/],
    ['more examples than there are', { trainCount: 10_000_000 }, /used more/],
    ['half an example', { testCount: 0.5 }, /"testCount"/],
    ['a text for a network', { network: '<script>' }, /network cannot be read/],
    ['another input', { network: { ...network, input: [1] } }, /network/],
    ['another output', { network: { ...network, layers: network.layers.slice(0, -1) } }, /asks for 10/],
    ['a supernet', { network: imageClassification.supernet(10) }, /candidates/],
    [
      'a layer with a line of text',
      { network: { ...network, layers: [{ ...first, id: 'a line of text' }, ...others] } },
      /a name may hold/,
    ],
    ['a layer with an unknown field', { network: { ...network, layers: [odd, ...others] } }, /network cannot be read/],
    ['thousands of layers', { network: { ...network, layers: Array.from({ length: 2000 }, () => first) } }, /more than 400/],
  ])('is refused with %s', (_, change, why) => {
    expect(() => checkSharedRun({ ...sharedRun(), ...change })).toThrow(why);
  });

  it.each([null, 7, [], 'text', JSON.parse('{"__proto__": {"quality": 1}}'), JSON.parse('['.repeat(20_000) + ']'.repeat(20_000))])(
    'is refused where it is no run at all',
    (json) => {
      expect(() => checkSharedRun(json)).toThrow(/not shown to the class/);
    },
  );

  it('is refused with a network so wide that its costs are no longer exact', () => {
    const text = JSON.stringify(sharedRun().network).replaceAll(/"filters":\d+/g, '"filters":900000000000000');
    expect(() => checkSharedRun({ ...sharedRun(), network: JSON.parse(text) as unknown })).toThrow(/larger than any/);
  });
});
