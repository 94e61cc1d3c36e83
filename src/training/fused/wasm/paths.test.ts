import { expect, it } from 'vitest';
import { nodeKernels } from '../../../backends/nodeKernels';
import { chooseCandidates } from '../../../core/network/choose';
import { initialWeights } from '../../../core/network/parameters';
import { mixedOps, planNetwork } from '../../../core/network/plan';
import { resnet8Supernet } from '../../../core/network/resnet8';
import { createRandom } from '../../../core/random';
import { numbersIn } from '../../../core/ops/shape';
import { LossKind } from '../../../kernels/losses/fields';
import { normals } from '../../../../tests/support/numbers';
import { variedSupernet } from '../../../../tests/support/supernets';
import { compileProgram } from '../program';
import { lowerPaths } from './lowering';
import { startMachine } from './machine';

const BATCH = 9;

it.each([
  ['ResNet-8', resnet8Supernet(5)],
  ['a network whose channels are no multiple of four', variedSupernet],
])('a path reads nothing that another has left behind: %s', async (_, network) => {
  const plan = planNetwork(network);
  const program = compileProgram(plan);
  const places = mixedOps(plan);
  const { step, path } = lowerPaths({
    plan,
    program,
    unfilled: program.values,
    batchSize: BATCH,
    candidates: places.reduce((total, { candidates }) => total + candidates.length, 0),
    threads: 1,
    optimizer: 'adam',
    archOptimizer: 'adam',
    loss: LossKind.softmaxCrossEntropy,
  });
  const { memory, kernels, floats, end } = await startMachine(step, 1, nodeKernels);
  for (const [name, { data }] of Object.entries(initialWeights(plan, createRandom(1, 'weights'))))
    floats(step.parameters.get(name) as number, data.length).set(data);
  const size = BATCH * numbersIn(network.input);
  floats(step.input, size).set(normals(size, 2));
  const firstParameter = step.parameters.get(plan.parameters[0]?.fullName as string) as number;
  const gradients = floats(firstParameter + step.toGradient, (step.gradientStride / 4) * step.parts.shares);
  for (const pick of [0, 1, 2, 3]) {
    const choice = Object.fromEntries(places.map(({ id, candidates }) => [id, candidates[pick % candidates.length]?.name as string]));
    const { contents, programWithoutUpdate } = path(planNetwork(chooseCandidates(network, choice)));
    const [clean, used] = [0, NaN].map((before) => {
      gradients.fill(0);
      floats(contents.start, (contents.end - contents.start) / 4).fill(before);
      contents.write(memory);
      kernels.run(step.shared, programWithoutUpdate);
      return Buffer.from(gradients.slice().buffer);
    }) as [Buffer, Buffer];
    expect(gradients.some((value) => value !== 0)).toBe(true);
    expect(used.equals(clean), `candidates ${pick}`).toBe(true);
  }
  end();
});
