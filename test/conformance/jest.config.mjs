import base from '../../jest.config.mjs';

export default {
  ...base,
  rootDir: '../..',
  testPathIgnorePatterns: ['/node_modules/'],
  roots: ['<rootDir>/test/conformance'],
  globalSetup: '<rootDir>/test/conformance/global-setup.mjs',
  globalTeardown: '<rootDir>/test/conformance/global-teardown.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/conformance/close-engine.ts'],
  testTimeout: 120_000,
};
