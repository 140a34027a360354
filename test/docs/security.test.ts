import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isForManifests } from '../hostile/attempt';
import { KINDS } from '../hostile/attempts';
import { forPlanes } from '../hostile/fortress';
import { GRANTED } from '../hostile/granted';
import { attemptsTable } from '../hostile/table';
import { UPDATE } from '../golden/golden-file';
import { decide } from '../../lib/verdict/decide';

const FILE = join(__dirname, '../../docs/security.md');
const [BEGIN, END] = ['<!-- attempts: a test writes this table -->', '<!-- end of the attempts -->'];

describe('docs/security.md', () => {
  it('has every attempt, with what refuses it; UPDATE_GOLDEN=1 writes the table anew', () => {
    const page = readFileSync(FILE, 'utf8');
    const [before, rest = ''] = page.split(BEGIN);
    const now = `${before}${BEGIN}\n\n${attemptsTable()}\n\n${END}${rest.split(END)[1] ?? '\n'}`;
    if (UPDATE) writeFileSync(FILE, now);
    expect(readFileSync(FILE, 'utf8')).toBe(now);
  });
});

describe('the attempts', () => {
  it('are ways of their own, at least 300 of them', () => {
    const asked = KINDS.flatMap(({ attempts }) => attempts.map(({ request }) => JSON.stringify(request)));
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeGreaterThanOrEqual(300);
  });

  it.each(Object.entries(forPlanes()))('are refused by what the manifests say, and what is granted is not: %s', (_, cluster) => {
    const attempts = KINDS.flatMap((kind) => kind.attempts.filter(isForManifests));
    expect(attempts.filter(({ request }) => decide(cluster, request).allowed).map(({ what }) => what)).toEqual([]);
    expect(GRANTED.filter(({ request }) => !decide(cluster, request).allowed).map(({ what }) => what)).toEqual([]);
  });
});
