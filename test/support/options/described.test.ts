import { Duration } from 'cdk8s';
import { DataPlane, Deferred, HttpAccess, MeshPort, Waypoint } from 'istio-constructs';
import { article, described, quoted } from '../../../lib/support/options/described';
import { newChart, shop } from '../../builders';

describe('a value in a message', () => {
  const circular: Record<string, unknown> = {};
  circular.itself = circular;

  it.each<[unknown, string]>([
    ['8080', "'8080'"],
    ['', "''"],
    [8080, '8080'],
    [NaN, 'NaN'],
    [10n, '10'],
    [undefined, 'undefined'],
    [null, 'null'],
    [Symbol('a'), 'Symbol(a)'],
    [() => 1, 'a function'],
    [MeshPort, 'a function'],
    [['a', 1, null], "['a', 1, null]"],
    [{}, '{}'],
    [Object.create(null), '{}'],
    [{ paths: ['/x'], port: MeshPort.http(80) }, "{ paths: ['/x'], port: a MeshPort }"],
    [{ a: { b: { c: 1 } } }, '{ a: { b: … } }'],
    [circular, '{ itself: { itself: … } }'],
    [new Map(), 'a Map'],
    [Duration.seconds(5), 'a Duration'],
    [HttpAccess.get(), 'an HttpAccess'],
    [Waypoint.ALWAYS, 'a Waypoint'],
    [newChart(), 'a Chart'],
    [shop({ dataPlane: DataPlane.sidecar() }).cart, 'a MeshedService'],
    [Deferred.text(1), "'a value that is known only later'"],
    [[Deferred.number(1)], '[a value that is known only later]'],
  ])('is shown as people write it: %#', (value, text) => {
    expect(described(value)).toBe(text);
  });

  it('has quotes as a text alone', () => {
    expect(["it's", '', 5, undefined].map(quoted)).toEqual(["'it's'", "''", 5, undefined]);
  });

  it('is cut where a line ends', () => {
    expect(described('a'.repeat(500))).toHaveLength(122);
  });

  it.each([
    ['MeshPort', 'a'],
    ['ApiObject', 'an'],
    ['UnmeshedService', 'an'],
    ['HttpAccess', 'an'],
    ['IngressGateway', 'an'],
  ])('has its article: %s', (word, expected) => {
    expect(article(word)).toBe(expected);
  });
});
