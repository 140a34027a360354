import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { MeshPort } from 'istio-constructs';
import { MeshError } from '../../lib/support/mesh-error';
import { newChart } from '../builders';

const at = 'MeshPort';

describe('a MeshError', () => {
  it('says code, place, rule, value, cure, the line that said it and the page of its code', () => {
    const error = new MeshError({ code: 'MESH002', at, what: 'a port is a number', got: 'x', fix: 'give a number' });
    expect(error.message.split('\n')).toEqual([
      'MESH002 at MeshPort: a port is a number',
      '  got: x',
      '  fix: give a number',
      expect.stringMatching(/^ {2}declared at: test\/support\/mesh-error\.test\.ts:\d+:\d+$/),
      expect.stringMatching(/^ {2}page: docs\/errors\.md:\d+$/),
    ]);
    expect(error).toMatchObject({ name: 'MeshError', code: 'MESH002', path: 'MeshPort', fix: 'give a number' });
  });

  it('names a construct by its path', () => {
    const error = new MeshError({ code: 'MESH002', at: newChart('shop'), what: 'x', got: 1, fix: 'y' });
    expect(error.path).toBe('shop');
  });

  it.each([
    [0.5, '0.5'],
    [undefined, 'undefined'],
    [['a', 1], "['a', 1]"],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    ['text', 'text'],
    ['8080', "'8080'"],
    ['true', "'true'"],
    ['', "''"],
    [' v1', "' v1'"],
    ['10.0.0.1', '10.0.0.1'],
  ])('shows %p as it was given, so that no text looks like a number', (got, shown) => {
    expect(new MeshError({ code: 'MESH002', at, what: 'x', got, fix: 'y' }).message).toContain(`\n  got: ${shown}\n`);
  });

  it('is printed as its message, the lines that led to it, and nothing else', () => {
    const error = errorOf(() => MeshPort.http(0))!;
    const frames = error.stack!.slice(error.message.length);
    expect(frames).toMatch(/^(\n {4}at .*mesh-error\.test\.ts:\d+:\d+\)?)+$/);
    expect(inspect(error)).toBe(error.stack);
  });

  it('points at the line of the user, not of the library, however deep it is thrown', () => {
    const [here, refused] = [lineOf(new Error().stack), lineOf(errorOf(() => MeshPort.http(0))?.message)];
    expect(refused).toBe(here);
  });

  it('has a failing test for every code that the library throws', () => {
    const codesIn = (folder: string): Set<string> => new Set(sources(folder).flatMap((text) => text.match(/MESH0\d\d/g) ?? []));
    const [thrown, tested] = [codesIn('lib'), codesIn('test')];
    expect(thrown.size).toBeGreaterThan(25);
    expect([...thrown].filter((code) => !tested.has(code))).toEqual([]);
  });
});

const lineOf = (text: string | undefined): string | undefined => /mesh-error\.test\.ts:(\d+)/.exec(text ?? '')?.[1];

function errorOf(act: () => unknown): Error | undefined {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  return undefined;
}

function sources(folder: string): string[] {
  const root = join(__dirname, '../..', folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.includes('node_modules'),
  );
  return files.map((file) => readFileSync(join(root, file), 'utf8'));
}
