import tseslint from 'typescript-eslint';

const says = (selector, message) => ({ selector, message });

const library = [
  says('ExportDefaultDeclaration', 'Export by name.'),
  says('ThrowStatement > NewExpression[callee.name="Error"]', 'Throw a MeshError: it carries code, path, what, got and fix.'),
  says('CatchClause', 'Let errors reach the user; a disagreement of two things is a finding.'),
];

const tests = [
  says('MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo|failing)$/]', 'Every test runs.'),
  says('CallExpression[callee.name=/^(fit|fdescribe|xit|xtest|xdescribe)$/]', 'Every test runs.'),
  says('ExpressionStatement > CallExpression[callee.name="expect"]', 'Call a matcher: expect(x) alone asserts nothing.'),
  says('ExpressionStatement > MemberExpression', 'Call the matcher: expect(x).toBeDefined without () asserts nothing.'),
];

// What Node of this version gives every module; ECMAScript's own names eslint knows.
const node = Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly']));
const commonjs = Object.fromEntries(['exports', 'module', 'require', '__dirname', '__filename'].map((name) => [name, 'readonly']));

const scripts = {
  eqeqeq: 'error',
  'no-undef': 'error',
  'no-unreachable': 'error',
  'no-unused-expressions': 'error',
  'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  'no-var': 'error',
  'prefer-const': 'error',
};

export default tseslint.config(
  { ignores: ['dist/', 'manifests/', 'coverage/', 'imports/', '**/dist/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-expressions': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
    },
  },
  {
    files: ['lib/**/*.ts'],
    ignores: ['lib/pulumi/**', 'lib/cli/**'],
    rules: {
      'max-depth': ['error', 2],
      'no-restricted-syntax': ['error', ...library],
      '@typescript-eslint/no-explicit-any': 'error',
    },
  },
  { files: ['test/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...tests] } },
  { files: ['scripts/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['**/*.mjs'], languageOptions: { globals: node }, rules: scripts },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs', globals: { ...node, ...commonjs } }, rules: scripts },
);
