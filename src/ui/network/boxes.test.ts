import { describe, expect, it } from 'vitest';
import { mobileNetSeed, mobileNetSupernet } from '../../core/network/mobileNet';
import type { Network } from '../../core/network/network';
import { planNetwork } from '../../core/network/plan';
import { resnet18 } from '../../core/network/resnet18';
import { resnet8Supernet } from '../../core/network/resnet8';
import { summarize } from '../../session/layerSummary';
import { boxesOf, stagesOf, withFolded } from './boxes';
import { drawNetwork } from './layout';

const boxes = (network: Network) => boxesOf(planNetwork(network).layers.map((layer) => summarize(layer, [])));
const inWords = (network: Network) =>
  stagesOf(boxes(network)).map(({ id, blocks, members }) => `${id}: ${blocks?.length} of ${members.length} layers`);
const folded = (network: Network) => {
  const all = boxes(network);
  return withFolded(all, stagesOf(all));
};

describe('boxes of a network', () => {
  it('fold the two blocks of each of the four stages of ResNet-18', () => {
    expect(inWords(resnet18(200))).toEqual([
      'stage1a … stage1b (folded): 2 of 14 layers',
      'stage2a … stage2b (folded): 2 of 16 layers',
      'stage3a … stage3b (folded): 2 of 16 layers',
      'stage4a … stage4b (folded): 2 of 17 layers',
    ]);
    expect(folded(resnet18(200))).toHaveLength(6);
  });

  it('fold blocks of MobileNet whose outputs have one shape, searched or not', () => {
    const names = ['block3 … block4', 'block5 … block6', 'block7 … block12', 'block13 … block14'];
    const searched = inWords(mobileNetSupernet(2));
    expect(searched.map((words) => words.split(' (')[0])).toEqual([
      'block3 … block4',
      'block5 … block6',
      'block7 … block12',
      'block13 … block14',
    ]);
    expect(inWords(mobileNetSeed(2)).map((words) => words.split(' (')[0])).toEqual(['block2', ...names]);
    expect(inWords(mobileNetSeed(2))[3]).toBe('block7 … block12 (folded): 6 of 36 layers');
  });

  it('lose no layer and no connection when they are folded', () => {
    for (const network of [resnet18(200), mobileNetSeed(2), resnet8Supernet(10)]) {
      const all = folded(network).flatMap(({ members }) => members.map(({ id }) => id));
      expect(all.toSorted()).toEqual(network.layers.map(({ id }) => id).toSorted());
      const drawing = drawNetwork(folded(network), 'picture', false);
      expect(drawing.edges).toHaveLength(drawing.boxes.length - 1);
    }
  });
});
