/** `npm run -s sweep -- COMMAND DIR [options]`: many searches as one plan, whose cells run in any order, on any machine, and once each. */
import { usageError } from './exit';
import { helpText } from './helpText';
import type { Interruption } from './interruption';
import { runProgram } from './program';
import { collectSweep } from './sweep/collectCommand';
import { planSweep } from './sweep/planCommand';
import { runSweep } from './sweep/runCommand';
import { cancelSweep, sweepStatus } from './sweep/statusCommand';

const HELP = `Searches for every combination of methods, devices, limits and random seeds. docs/sweeps.md tells more.

npm run -s sweep -- plan DIR [options]
npm run -s sweep -- run DIR [--parallel N] [--threads N] [--engine slurm [--cells-per-task N] [-- OPTIONS]]
npm run -s sweep -- status DIR [--cells]
npm run -s sweep -- cancel DIR
npm run -s sweep -- collect DIR [--csv FILE] [--optuna FILE]

plan writes the cells, one a line, and refuses what a search would refuse:
  --method NAME,...    methods, as for "search" (default: its default)
  --device NAME,...    devices or files that describe one (default: gap8)
  --memory SIZE,...    limits, each with each of the others; likewise --latency, --ram, --energy, --macs and --params;
                       "none" lifts a limit
  --paired             the first limit of each list belongs to the first of the others, and so on
  --seeds LIST         random seeds, such as 1-5 or 1,4,7-9 (default: 1)
  (others)             options of "search", for all cells alike; npm run -s search -- --help lists them
  --from FILE          instead of all these: a plan that the page has saved; --data says where your own examples are

run searches for every cell that has no result yet:
  --parallel N         processes at a time (default: as many as the cores allow)
  --threads N          threads of each (default: 1, since whole searches side by side use cores best)
  --engine slurm       gives the cells to Slurm as job arrays and ends; docs/scaling.md tells more
  --cells-per-task N   cells of a task (default: as many as take ten minutes)
  -- OPTIONS           sbatch's own, such as --partition=NAME --time=4:00:00

status tells how far it is:
  --cells              and the state of each cell

collect prints the results as CSV, or writes them:
  --csv FILE           a row a cell, with columns that stay
  --optuna FILE        a journal for Optuna and its dashboard
  --help               print this

Exit status: 0 done, also where targets cannot be met, since that is a result; 1 cells that failed, or a run that was asked to end; 2 bad usage or bad input.`;

type Command = (args: string[], interruption: Interruption) => Promise<number>;

const commands = {
  plan: planSweep,
  run: runSweep,
  status: sweepStatus,
  cancel: cancelSweep,
  collect: collectSweep,
} as const satisfies Record<string, Command>;

runProgram(async ([name = '', ...args], interruption) => {
  if (name === '--help' || args.includes('--help')) {
    console.log(helpText(HELP));
    return 0;
  }
  if (!Object.hasOwn(commands, name))
    throw usageError(`sweep takes a command first: ${Object.keys(commands).join(', ')} (--help tells more), not "${name}"`);
  const command: Command = commands[name as keyof typeof commands];
  return command(args, interruption);
});
