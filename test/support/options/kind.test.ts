import { Chart } from 'cdk8s';
import { DataPlane, Environment, MeshPort } from 'istio-constructs';
import { CONSTRUCT, listOf, made, mapOf, oneOf, optional, struct, TEXT } from '../../../lib/support/options/kind';
import { newChart } from '../../builders';

describe('a kind of value', () => {
  it.each(['staging', Environment.PRODUCTION])('is one of an enum, or the text that it is: %p', (value) => {
    expect(oneOf('Environment', Environment).isOne(value)).toBe(true);
  });

  it.each(['Staging', 'toString', '', 5, null, undefined])('is none of an enum: %p', (value) => {
    expect(oneOf('Environment', Environment).isOne(value)).toBe(false);
  });

  it('is a value of a class, whichever copy of the library made it', () => {
    class MeshPort {
      private constructor(readonly number: number) {}
      static of(port: number): MeshPort {
        return new MeshPort(port);
      }
    }
    const kind = made(MeshPort, 'MeshPort', 'MeshPort.http(80)');
    class Other extends Object {}
    expect([MeshPort.of(80), Object.create(MeshPort.of(80)) as unknown].map((value) => kind.isOne(value))).toEqual([true, true]);
    expect([new Other(), {}, null, undefined, 'MeshPort', MeshPort].map((value) => kind.isOne(value))).toEqual(Array(6).fill(false));
  });

  it('is made by the library: one class is not another', () => {
    const kind = made(class Own {}, 'Own', 'Own.of()');
    expect([MeshPort.http(80), DataPlane.sidecar(), newChart()].map((value) => kind.isOne(value))).toEqual([false, false, false]);
  });

  it('is a construct', () => {
    expect([newChart(), new Chart(newChart(), 'inner')].every((value) => CONSTRUCT.isOne(value))).toBe(true);
    expect([{}, { node: {} }, null, undefined, 'shop'].some((value) => CONSTRUCT.isOne(value))).toBe(false);
  });

  it('is an object, but nothing that means something else', () => {
    const kinds = [struct<{ readonly a?: string }>({ a: optional(TEXT) }), mapOf(TEXT)];
    const objects = [{}, { a: 'b' }, Object.create(null), new (class Mine {})()];
    const others = [null, undefined, [], 'text', new Map(), new Date(), Promise.resolve(), MeshPort.http(80), newChart(), () => 1];
    for (const kind of kinds) {
      expect(objects.filter((value) => !kind.isOne(value))).toEqual([]);
      expect(others.filter((value) => kind.isOne(value))).toEqual([]);
    }
  });

  it('says how somebody writes one', () => {
    expect([listOf(TEXT), mapOf(TEXT), oneOf('Environment', Environment)].map(({ example }) => example)).toEqual([
      "['v1']",
      "{ key: 'v1' }",
      'Environment.DEVELOPMENT',
    ]);
  });
});
