import { spawnSync } from 'child_process';
import * as path from 'path';
import { pathToFileURL } from 'url';

const SCRIPT = pathToFileURL(path.resolve(__dirname, '../../scripts/hide-internals.mjs')).href;
const PROGRAM = `
import { readFileSync } from 'node:fs';
import { withoutInternals } from ${JSON.stringify(SCRIPT)};
process.stdout.write(withoutInternals(readFileSync(0, 'utf8')));
`;

function hidden(types: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', PROGRAM], { input: types, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout;
}

describe('published types', () => {
  it('have no internal fields, and yet take nothing else for a value of the class', () => {
    const types = `export declare class Port {
    /** A port. */
    static of(port: number): Port;
    /** Its number. */
    readonly number: number;
    /** @internal */
    readonly _facts: Facts;
    /** Not for users. @internal */
    readonly _more?: Facts;
    private constructor();
}
`;
    expect(hidden(types)).toBe(`export declare class Port {
    /** A port. */
    static of(port: number): Port;
    /** Its number. */
    readonly number: number;
    #private;
    private constructor();
}
`);
  });

  it('have no internal functions', () => {
    const types = `export declare class Access {
    /** @internal */
    static _of(): Access;
    private constructor();
}
`;
    expect(hidden(types)).toBe(`export declare class Access {
    private constructor();
}
`);
  });

  it('stay as they are elsewhere', () => {
    const types = `/** Not @internal: a word in a text. */
export interface Options {
    /** What it is. */
    readonly _odd?: string;
}
export declare class Plain {
    readonly _kept: string;
}
`;
    expect(hidden(types)).toBe(types);
  });
});
