import base from '../../jest.config.mjs';

export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/api-server'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/api-server/global-setup.mjs',
  globalTeardown: '<rootDir>/test/api-server/global-teardown.mjs',
  maxWorkers: 1, // one cluster, and each app is alone in it
  testTimeout: 120_000,
};
