import base from '../../jest.config.mjs';

export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/installation'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/installation/global-setup.mjs',
  testTimeout: 60_000,
};
