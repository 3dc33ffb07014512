import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Rules that matter here beside the usual: nothing prints past the logger, nothing swallows an error without saying why. */
export default tseslint.config(
  {
    ignores: [
      '.bench/',
      'dist/',
      'node_modules/',
      'prisma/generated/',
      'coverage/',
      '.setup/',
      '.hub*/',
      'apps/portal/assets/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'off',
    },
  },
  {
    files: ['libs/{person,linkage,policy,ledger}/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-globals': ['error', 'fetch', 'process', 'setTimeout', 'setInterval'] },
  },
  { files: ['**/*.spec.ts', '**/test/**/*.ts'], rules: { '@typescript-eslint/no-explicit-any': 'off' } },
  {
    files: ['apps/portal/**/*.js'],
    languageOptions: { globals: { localStorage: 'readonly', HTMLElement: 'readonly', HTMLScriptElement: 'readonly' } },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        fetch: 'readonly',
        Buffer: 'readonly',
        document: 'readonly',
        window: 'readonly',
      },
    },
  },
);
