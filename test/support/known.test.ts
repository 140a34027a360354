import { Deferred } from 'istio-constructs';
import { requireKnown } from '../../lib/support/known';
import { newChart } from '../builders';
import { expectRefusal } from './refusal';

const LATER = Deferred.text(1);

describe('facts that have to be known when the program runs', () => {
  it.each([
    ['a text, or nothing', { name: 'cart', namespace: undefined }],
    ['a flag, or a list', { hostNetwork: true, ports: ['http', 80, undefined] }],
  ])('may be %s', (_, facts) => {
    expect(() => requireKnown('test', facts)).not.toThrow();
  });

  it.each([
    ['name', { name: LATER }, 'a value that is known only later'],
    ['name', { name: `cart-${LATER}` }, 'cart-<known later>'],
    ['port', { name: 'a', port: Deferred.number(1) }, 'a value that is known only later'],
    ['a port of the workload', { 'a port of the workload': ['http', LATER] }, 'a value that is known only later'],
  ])('fail, and %s is named: %j', (what, facts, got) => {
    expectRefusal(() => requireKnown(newChart('shop'), facts), { code: 'MESH037', path: 'shop', fix: 'known when the program runs', got });
    expect(() => requireKnown('test', facts)).toThrow(`MESH037 at test: ${what} decides`);
  });
});
