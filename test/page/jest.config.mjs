import base from '../../jest.config.mjs';
import { chromiumProgram } from './chromium.mjs';

const program = chromiumProgram();
if (program) process.env.CHROMIUM_PROGRAM = program;
else
  console.error(
    '\n*** npm run test:page is SKIPPED: there is no Chromium, and apt-get could not install it. CHROMIUM_PROGRAM=<file> names one. ***\n',
  );

export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/page'],
  testPathIgnorePatterns: program ? ['/node_modules/'] : ['/'],
  passWithNoTests: true,
  testTimeout: 60_000,
};
