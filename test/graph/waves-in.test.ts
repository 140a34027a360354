import { DataPlane, HttpAccess, MeshReport, Migration } from 'istio-constructs';
import { shop } from '../builders';

const wavesOf = (dataPlane: DataPlane): Array<[string, unknown]> => {
  const { chart, cart, product } = shop({ dataPlane });
  cart.calls(product, { http: [HttpAccess.get('/products')] });
  const { services } = JSON.parse(MeshReport.of(chart).toJson()) as { services: Array<{ name: string; wave?: number; dataPlane: string }> };
  return services.map(({ name, wave, dataPlane: mode }) => [name, wave === undefined ? mode : [wave, mode]]);
};

describe('the waves of a program', () => {
  it('are in its report, with the plane that the pods are in by now', () => {
    expect(wavesOf(DataPlane.ambient({ migration: Migration.wave(1) }))).toEqual(
      expect.arrayContaining([
        ['cart', [1, 'ambient']],
        ['product', [2, 'sidecar']],
      ]),
    );
  });

  it('are none where nothing moves', () => {
    expect(wavesOf(DataPlane.ambient())).toEqual(
      expect.arrayContaining([
        ['cart', 'ambient'],
        ['product', 'ambient'],
      ]),
    );
  });
});
