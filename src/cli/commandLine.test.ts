import { describe, expect, it } from 'vitest';
import { assertNothingSwallowed, readCommandLine } from './commandLine';

const options = {
  seed: { type: 'string' },
  'random-seed': { type: 'string' },
  out: { type: 'string' },
  browser: { type: 'boolean' },
} as const;
const check = (args: string[], environment: Record<string, string>) => () => assertNothingSwallowed(args, options, environment);
const search = { npm_lifecycle_event: 'search' };

describe('options that npm took for its own', () => {
  it.each([
    [[], { npm_config_seed: '9' }, '--seed 9'],
    [['9'], { npm_config_seed: 'true' }, '--seed 9'],
    [[], { npm_config_seed: '' }, '--seed ...'],
    [[], { npm_config_random_seed: '9', npm_config_out: 'a b' }, '--random-seed 9 --out "a b"'],
    [['9', 'run.json'], { npm_config_seed: 'true', npm_config_out: 'true' }, '--seed ... --out ...'],
    [['a.json'], { npm_config_browser: 'true' }, '--browser a.json'],
  ])('%j with %j', (args, environment, meant) => {
    expect(check(args, { ...search, ...environment })).toThrow(
      `npm took the options for its own; put "--" before options: npm run -s search -- ${meant}`,
    );
  });

  it('are none where npm has settings of its own, or did not start the command', () => {
    expect(check(['--seed', '9'], search)).not.toThrow();
    expect(check([], { ...search, npm_config_browser: 'firefox', npm_config_cache: '/c', npm_config_user_agent: 'npm' })).not.toThrow();
    expect(check([], { npm_config_seed: '9' })).not.toThrow();
  });
});

it('tells of what it does not know in one line', () => {
  expect(() => readCommandLine({ args: ['--sed', '9'], options })).toThrow(/^Unknown option '--sed'.* \(--help lists all options\)$/);
});
