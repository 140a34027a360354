import base from '../../jest.config.mjs';

export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/envoy'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/envoy/global-setup.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/conformance/close-engine.ts', '<rootDir>/test/envoy/stop-proxies.ts'],
  maxWorkers: 1, // what is measured is measured in time, too
  testTimeout: 60_000,
};
