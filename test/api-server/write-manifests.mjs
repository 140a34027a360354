import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, appsIn, runApp } from '../apps/programs.mjs';

const STEP = /(steps: \[([^\]]*)\],\s*step: )(\d+)/g;

/** What a user edits to move a canary on: the number after `step:`. */
const EDITS = {
  'as-written': (step) => step,
  'next-step': (step, count) => Math.min(step + 1, count),
  promoted: (step, count) => count,
};

/** Runs every app, as it is and with its canaries moved on: `<folder>/<edit>/<app>/` has the manifests. */
export async function writeManifests(folder) {
  for (const [edit, stepAfter] of Object.entries(EDITS)) {
    const apps = join(folder, 'programs', edit, 'apps');
    cpSync(join(ROOT, 'apps'), apps, { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(dirname(apps), 'node_modules'));
    for (const app of appsIn(apps)) {
      const moved = moveCanaries(join(apps, app), stepAfter);
      if (moved || edit === 'as-written') await runApp(join(apps, app), join(folder, edit, app));
    }
  }
}

/** Edits the sources of an app; answers whether it has a canary. */
function moveCanaries(app, stepAfter) {
  const sources = readdirSync(app, { recursive: true }).filter((file) => file.endsWith('.ts'));
  const texts = sources.map((file) => [join(app, file), readFileSync(join(app, file), 'utf8')]);
  for (const [file, text] of texts) {
    if (text.includes('new CanaryRelease(') && !text.match(STEP)) {
      throw new Error(`${file}: the step of its canary is not in the form \`steps: [5, 100], step: 1\``);
    }
    const count = (steps) => steps.split(',').filter((step) => step.trim() !== '').length;
    writeFileSync(
      file,
      text.replace(STEP, (_, before, steps, step) => `${before}${stepAfter(Number(step), count(steps))}`),
    );
  }
  return texts.some(([, text]) => text.match(STEP));
}
