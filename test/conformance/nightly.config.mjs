import base from './jest.config.mjs';

const DAY = 86_400_000;

// Two thousand meshes of whoever's manifests, and as many of our own constructs as the machine has a night for; each night others.
Object.assign(process.env, {
  RAW_ABOUT: process.env.RAW_ABOUT ?? 'access,gateway-api,routes,doors',
  RAW_MESHES: process.env.RAW_MESHES ?? '500',
  RAW_SEED: process.env.RAW_SEED ?? String(Math.floor(Date.now() / DAY)),
  REACH_MESHES: process.env.REACH_MESHES ?? '100',
  WORLDS: process.env.WORLDS ?? '1000',
});

export default {
  ...base,
  testMatch: ['raw-meshes', 'raw-reach', 'evaluator', 'reach'].map((name) => `<rootDir>/test/conformance/${name}.test.ts`),
};
