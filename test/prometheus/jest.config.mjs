import base from '../../jest.config.mjs';

export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/prometheus'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/prometheus/global-setup.mjs',
  testTimeout: 60_000,
};
