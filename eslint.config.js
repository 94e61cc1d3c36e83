import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Calls that no source may make, each with the reason. */
const everywhere = [
  {
    selector: "CallExpression[callee.property.name='dataSync'], CallExpression[callee.property.name='arraySync']",
    message: 'Blocks until the backend is done. Read values with `await tensor.data()`, in core/search/readout.ts where training is on.',
  },
  {
    selector: "CallExpression[callee.name='nextFrame'], CallExpression[callee.property.name='nextFrame']",
    message: 'Waits for an animation frame, which hidden tabs never get. Use the host’s pause.',
  },
];

export default defineConfig(
  {
    // The last two are AssemblyScript, which its own compiler checks.
    ignores: ['dist', 'node_modules', '.cache', 'test-results', 'playwright-report', 'src/kernels/assembly', 'src/kernels/**/assembly*.ts'],
  },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js', 'scripts/*.cjs', 'src/backends/*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'no-restricted-syntax': ['error', ...everywhere],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowNever: true }],
      // Generic parameters that appear once tie a name to its arguments (protocol commands).
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // tfjs's tensor types differ only in a rank that most of its functions lose; the rule mistakes what restores it.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Interfaces ask for promises and async generators where a backend or a test needs no waiting.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['src/core/**'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...everywhere,
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: 'Randomness is an argument in core: take a `Random`, so that a seed repeats a run.',
        },
        {
          selector: "MemberExpression[object.name='Date'][property.name='now'], NewExpression[callee.name='Date']",
          message: 'Core has no clock: take a `now` function.',
        },
      ],
    },
  },
  { files: ['src/ui/**'], extends: [reactHooks.configs.flat.recommended] },
  {
    files: ['src/ui/**'],
    ignores: ['src/ui/language/memo.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'react',
              importNames: ['memo', 'useMemo'],
              message: 'Keeps words of the language before. Take those of ui/language/memo.ts, which follow the language.',
            },
          ],
        },
      ],
    },
  },
  { files: ['**/*.cjs', '**/*.js', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      globals: {
        require: 'readonly',
        module: 'readonly',
        exports: 'writable',
        process: 'readonly',
        console: 'readonly',
        __dirname: 'readonly',
        __filename: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  { files: ['scripts/nodeVersion.cjs'], rules: { 'no-var': 'off' } },
);
