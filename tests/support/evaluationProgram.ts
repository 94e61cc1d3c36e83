/** A program for tests of signals: starts a process of the evaluation that trains for minutes. */
import { startProcess } from '../../src/cli/evaluation/runner';
import { runProgram } from '../../src/cli/program';

runProgram(async () => {
  const { seedNetwork } = await startProcess({ task: 'ic', data: 'embedded', train: 3000, test: 100 });
  console.log('training');
  await seedNetwork({ method: 'supernet', randomSeed: 1 });
  return 0;
});
