import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../../../../tests/support/backends';
import { gap8 } from '../../cost/devices/gap8';
import { metricFor } from '../../cost/metrics';
import { planNetwork } from '../../network/plan';
import { resnet8Seed } from '../../network/resnet8';
import { Pit } from './pit';

beforeAll(() => useBackend('cpu'));

it('a channel search goes on from its state with the same temperature and bound', () => {
  const made = () => new Pit(planNetwork(resnet8Seed(10)), [metricFor('params', gap8)], { start: 2, end: 0.5 });
  const [before, after] = [made(), made()];
  after.restore(before.state());
  expect([after.temperature, after.bound]).toEqual([2, null]);
  before.advance(0.5);
  after.restore(before.state());
  expect([after.temperature, after.bound]).toEqual([1, 1]);
  for (const pit of [before, after]) pit.dispose();
});
