// `prepare` builds a clone. In the package it has nothing to build and npm warns of it, so prepack takes it out and postpack puts it back.
import { readFileSync, writeFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
if (process.argv[2] === 'out') delete manifest.scripts.prepare;
else manifest.scripts.prepare = 'npm run setup'; // the last of them, as before
writeFileSync('package.json', `${JSON.stringify(manifest, undefined, 2)}\n`);
