import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { groupOf } from '../../lib/cluster/objects/manifest-object';
import { faultsOf } from '../../lib/schemas/faults';
import type { Schema } from '../../lib/schemas/schema';
import { servedKind } from '../../lib/schemas/served';
import { listMark, numberMark, textMark } from '../../lib/support/deferred';
import { customResourceProblems } from './crd-schemas';
import type { KubernetesObject } from './problem';

const ROUTE: Schema = {
  type: 'object',
  required: ['hosts'],
  properties: {
    hosts: { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1, maxItems: 2, uniqueItems: true },
    retries: { type: 'object', properties: { attempts: { type: 'integer', minimum: 0 }, note: { type: 'string', nullable: true } } },
    ports: {
      type: 'array',
      items: { type: 'object', properties: { name: { type: 'string' }, number: { type: 'integer' } } },
      'x-kubernetes-list-map-keys': ['name'],
    },
    labels: { type: 'object', additionalProperties: { type: 'string' }, maxProperties: 1 },
    open: { type: 'object', properties: { a: { type: 'string' } }, 'x-kubernetes-preserve-unknown-fields': true },
    empty: { type: 'object' },
  },
};

const fields = (value: object, schema = ROUTE) => faultsOf(value, schema).map(({ field, what }) => `${field} ${what}`);

describe('an object', () => {
  it.each([
    [{ hosts: ['a'] }],
    [{ hosts: ['a', 'b'], retries: { attempts: 0 }, labels: { any: 'text' }, open: { a: 'x', b: 1 }, empty: {} }],
    [{ hosts: ['a'], retries: null, ports: [{ name: 'a' }, { name: 'b' }, { number: 1 }] }],
    [{ hosts: ['a'], retries: { note: null } }],
  ])('is taken: %j', (value) => {
    expect(faultsOf(value, ROUTE)).toEqual([]);
  });

  it.each([
    [{}, ' needs the field hosts'],
    [{ hosts: null }, ' needs the field hosts'],
    [{ hosts: 'a' }, 'hosts has to be a list'],
    [{ hosts: [1] }, 'hosts[0] has to be a text'],
    [{ hosts: [null] }, 'hosts[0] has to be a text'],
    [{ hosts: [] }, 'hosts has fewer items than it needs'],
    [{ hosts: ['a', 'b', 'c'] }, 'hosts has more items than it takes'],
    [{ hosts: ['a', 'a'] }, 'hosts has two items that are alike'],
    [{ hosts: ['a', ''] }, 'hosts[1] is too short'],
    [{ hosts: ['a'], retry: {} }, ' has no field retry'],
    [{ hosts: ['a'], retries: [] }, 'retries has to be an object'],
    [{ hosts: ['a'], retries: { attempts: 1.5 } }, 'retries.attempts has to be a whole number'],
    [{ hosts: ['a'], retries: { attempts: '1' } }, 'retries.attempts has to be a whole number'],
    [{ hosts: ['a'], ports: [{ name: 'a' }, { name: 'a' }] }, 'ports has two items of one name'],
    [{ hosts: ['a'], labels: { a: true } }, 'labels.a has to be a text'],
    [{ hosts: ['a'], labels: { a: '', b: '' } }, 'labels has more keys than it takes'],
    [{ hosts: ['a'], open: { a: 1 } }, 'open.a has to be a text'],
    [{ hosts: ['a'], empty: { a: 1 } }, 'empty has no field a'],
    [{ hosts: ['a'], toString: 'x' }, ' has no field toString'],
  ])('is refused: %j, for it %s', (value, fault) => {
    expect(fields(value)).toEqual([fault]);
  });

  it('is told all that is wrong with it', () => {
    expect(fields({ hosts: [1, ''], retry: 1, retries: { attempts: -1 } })).toHaveLength(4);
  });

  it.each([
    [{ hosts: ['a'], retrys: {} }, 'did you mean retries? the fields are empty, hosts, labels, open, ports, retries'],
    [{ hosts: ['a'], attempts: 1 }, 'did you mean retries, which has attempts? the fields are empty, hosts, labels, open, ports, retries'],
    [{ hosts: ['a'], empty: { zzz: 1 } }, 'it has none'],
  ])('is told what was meant: %j', (value, fix) => {
    expect(faultsOf(value, ROUTE).map((fault) => fault.fix)).toEqual([fix]);
  });
});

describe('a value that is known only later', () => {
  it.each([
    [{ hosts: [textMark(1)], retries: { attempts: textMark(2) } }],
    [{ hosts: listMark(1) }],
    [{ hosts: textMark(1), retries: textMark(2) }],
    [{ hosts: [...listMark(1), 'b', 'c'] }],
    [{ hosts: ['a'], retries: { attempts: numberMark(1) }, ports: [{ name: textMark(1) }, { name: textMark(1) }] }],
  ])('is passed over: %j', (value) => {
    expect(faultsOf(value, ROUTE)).toEqual([]);
  });

  it('does not hide what is wrong beside it', () => {
    expect(fields({ hosts: [textMark(1), 7], [`x${1}`]: textMark(2) })).toEqual(
      [' has no field x1', 'hosts[1] has to be a text'].reverse(),
    );
  });
});

// Ajv knows these schemas in its own way, and judges every object of ours.
describe('any object with one thing changed', () => {
  const golden = ['sidecar', 'ambient'].flatMap((plane) => {
    const text = readFileSync(join(__dirname, '../golden/online-shop', `${plane}.yaml`), 'utf8');
    return parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject & { readonly spec: object });
  });
  const judged = golden.filter((object) => servedKind(kindOf(object)));

  it('is refused where another validator refuses it, and nowhere else', () => {
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...judged), fc.nat(), fc.nat(), change, (object, place, key, [how, value]) => {
        const spec = structuredClone(object.spec);
        const places = objectsIn(spec);
        const at = places[place % places.length];
        const keys = Object.keys(at);
        const name = keys[key % Math.max(1, keys.length)];
        if (how === 'add' || name === undefined) Object.assign(at, { [String(value)]: value });
        else if (how === 'set') Object.assign(at, { [name]: value });
        else delete (at as Record<string, unknown>)[name];
        const changed = { ...object, spec };
        const problems = customResourceProblems(changed)!;
        refused += problems.length > 0 ? 1 : 0;
        const faults = faultsOf(changed, servedKind(kindOf(object))!.schema);
        expect({ changed, wrong: faults.length > 0 }).toEqual({ changed, wrong: problems.length > 0 });
      }),
      { numRuns: 3000, seed: 7 },
    );
    expect(refused).toBeGreaterThan(1000);
  });
});

const change = fc.tuple(
  fc.constantFrom('add', 'set', 'drop'),
  fc.constantFrom<unknown>('', 'cart', 'exact', 'regex', 0, 1, -1, 1.5, 1e12, true, 'A'.repeat(3000), [], {}, ['a'], [{}], { a: 1 }),
);

function kindOf(object: KubernetesObject): string {
  return `${groupOf(object)}/${object.kind}`;
}

/** The object and all that lie in it, without lists. */
function objectsIn(value: object): object[] {
  const inside = Object.values(value).filter((each): each is object => typeof each === 'object' && each !== null);
  return [...(Array.isArray(value) ? [] : [value]), ...inside.flatMap(objectsIn)];
}
