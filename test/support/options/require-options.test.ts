import { Deferred, MeshPort } from 'istio-constructs';
import { BOOLEAN, listOf, mapOf, NUMBER, optional, passedOn, struct, TEXT } from '../../../lib/support/options/kind';
import { requireArguments, requireOptions } from '../../../lib/support/options/require-options';
import { MESH_PORT } from '../../../lib/values/workload/mesh-port';
import { newChart } from '../../builders';
import { expectRefusal } from '../refusal';

interface Retries {
  readonly attempts: number;
  readonly idempotent?: boolean;
}

interface Options {
  readonly name: string;
  readonly ports: MeshPort[];
  readonly retries?: Retries;
  readonly image?: string;
  readonly args?: string[];
  readonly env?: { [key: string]: string };
  readonly labels?: { [key: string]: string };
}

const OPTIONS = struct<Options>({
  name: TEXT,
  ports: listOf(MESH_PORT),
  retries: optional(struct<Retries>({ attempts: passedOn(NUMBER), idempotent: optional(BOOLEAN) })),
  image: optional(passedOn(TEXT)),
  args: optional(passedOn(listOf(passedOn(TEXT)))),
  env: optional(mapOf(passedOn(TEXT))),
  labels: optional(mapOf(TEXT)),
});

const good = { name: 'cart', ports: [MeshPort.http(80)] };
const LATER = Deferred.text(1);

const check = (options: unknown, at: Parameters<typeof requireOptions>[0] = 'test') => requireOptions(at, options as Options, OPTIONS);

describe('options', () => {
  it.each<[string, object]>([
    ['what is required alone', {}],
    ['everything', { retries: { attempts: 1, idempotent: true }, image: 'a', args: ['b'], env: { A: 'b' }, labels: {} }],
    ['undefined for what may be left out', { retries: undefined, image: undefined, env: undefined }],
    ['any keys where they are the user’s own', { labels: { toString: 'a', 'app.kubernetes.io/name': 'b' } }],
    ['what is known only later where nothing depends on it', { image: LATER, args: [LATER, `--x=${LATER}`], env: { A: LATER } }],
    ['a list of which nothing is known yet', { args: Deferred.list(1), retries: { attempts: Deferred.number(1) } }],
  ])('may be %s', (_, more) => {
    expect(() => check({ ...good, ...more })).not.toThrow();
  });

  it('may be an object of a class, or without any', () => {
    class Mine {
      readonly name = 'cart';
      get ports() {
        return good.ports;
      }
    }
    expect(() => check(new Mine())).not.toThrow();
    expect(() => check(Object.assign(Object.create(null), good))).not.toThrow();
  });

  it.each<[string, object, string, string, string]>([
    ['a letter left out', { argss: ['a'] }, 'argss', "argss: ['a']", 'did you mean args? the options are args, env, image'],
    ['nothing like it', { color: 5 }, 'color', 'color: 5', 'the options are args, env, image, labels, name, ports, retries'],
    ['one level too high', { attempts: 5 }, 'attempts', 'attempts: 5', 'did you mean retries, which has attempts? the options are'],
    [
      'what a value of the library is made from',
      { targetPort: 5 },
      'targetPort',
      'targetPort: 5',
      'did you mean ports, which has targetPort?',
    ],
    [
      'a level below',
      { retries: { attempts: 1, attempt: 2 } },
      'retries.attempt',
      'attempt: 2',
      'did you mean attempts? the options are attempts, idempotent',
    ],
    ['without a value', { argss: undefined }, 'argss', 'argss: undefined', 'did you mean args?'],
    ['of every object', { toString: 1 }, 'toString', 'toString: 1', 'the options are'],
  ])('fail for a word that is none: %s', (_, more, path, got, fix) => {
    expectRefusal(() => check({ ...good, ...more }, newChart('shop')), { code: 'MESH081', path: 'shop', got, fix });
    expect(() => check({ ...good, ...more })).toThrow(`MESH081 at test: there is no option ${path}\n`);
  });

  it.each<[object, string, string, string]>([
    [{ name: 5 }, 'name is a text', '5', "write for example 'v1'"],
    [{ name: undefined }, 'name is a text', 'undefined', "write for example 'v1'"],
    [{ name: null }, 'name is a text', 'null', "write for example 'v1'"],
    [{ ports: 8080 }, 'ports is a list', '8080', 'write for example [MeshPort.http(8080)]'],
    [{ ports: [MeshPort.http(80), '8080'] }, 'ports[1] is a MeshPort', "'8080'", 'write for example MeshPort.http(8080)'],
    [{ retries: 5 }, 'retries is an object of options', '5', 'write for example { attempts, idempotent }, or leave it out'],
    [{ retries: { attempts: '5' } }, 'retries.attempts is a number', "'5'", 'write for example 3'],
    [{ retries: {} }, 'retries.attempts is a number', 'undefined', 'write for example 3'],
    [
      { retries: { attempts: 5, idempotent: 'yes' } },
      'retries.idempotent is true or false',
      "'yes'",
      'write for example true, or leave it out',
    ],
    [{ env: { A: 5 } }, 'env.A is a text', '5', "write for example 'v1'"],
    [{ env: new Map([['A', 'b']]) }, 'env is an object', 'a Map', "write for example { key: 'v1' }, or leave it out"],
    [{ retries: MeshPort.http(80) }, 'retries is an object of options', 'a MeshPort', 'write for example'],
  ])('fail for a value of another type: %j', (more, what, got, fix) => {
    expectRefusal(() => check({ ...good, ...more }, newChart('shop')), { code: 'MESH068', path: 'shop', got, fix });
    expect(() => check({ ...good, ...more })).toThrow(`MESH068 at test: ${what}\n`);
  });

  it.each([undefined, null, 'cart', 5, [good], new Date(), newChart()])('fail as a whole: %#', (options) => {
    expect(() => check(options)).toThrow('MESH068 at test: what is passed here is an object of options\n');
  });

  it.each<[object, string]>([
    [{ name: LATER }, 'name'],
    [{ name: `a-${LATER}` }, 'name'],
    [{ ports: LATER }, 'ports'],
    [{ retries: { attempts: 1, idempotent: LATER } }, 'retries.idempotent'],
    [{ labels: { a: LATER } }, 'labels.a'],
    [{ labels: { [LATER]: 'a' } }, 'a key of labels'],
    [{ env: { [LATER]: 'a' } }, 'a key of env'],
  ])('fail for what is known only later where something depends on it: %j', (more, what) => {
    expect(() => check({ ...good, ...more })).toThrow(`MESH037 at test: ${what} decides`);
  });
});

describe('values that are passed one by one', () => {
  it('fail by their names', () => {
    const act = (port: unknown) => () => requireArguments('MeshPort', { port: port as number }, { port: NUMBER });
    expect(act(5)).not.toThrow();
    expectRefusal(act('8080'), { code: 'MESH068', path: 'MeshPort', got: "'8080'", fix: 'write for example 3' });
    expect(act(undefined)).toThrow('port is a number\n  got: undefined\n');
  });
});
