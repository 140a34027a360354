export default {
  testEnvironment: 'node',
  maxWorkers: '100%', // Jest leaves one core alone; of two that is half
  testTimeout: 30_000, // a machine with other work to do is slow, and no test is about that
  roots: ['<rootDir>/test'],
  globalSetup: '<rootDir>/scripts/rules/topics.mjs', // the indexes of rules, which a new rule is not in yet
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '/test/api-server/',
    '/test/conformance/',
    '/test/envoy/',
    '/test/installation/',
    '/test/page/',
    '/test/prometheus/',
  ], // have engines and commands of their own
  moduleNameMapper: {
    '^istio-constructs$': '<rootDir>/lib/index.ts',
    '^istio-constructs/testing$': '<rootDir>/lib/testing/mesh-matchers.ts',
    '^istio-constructs-pulumi$': '<rootDir>/lib/pulumi/index.ts',
  },
  transform: { '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }] },
};
