import * as pulumi from '@pulumi/pulumi';
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { OnlineShop } from '../../apps/online-shop/online-shop';

interface Registered {
  readonly type: string;
  readonly inputs: Record<string, unknown>;
}

describe('the shop through Pulumi', () => {
  it('registers every object that cdk8s writes, under the type of the Kubernetes provider', async () => {
    const registered: Registered[] = [];
    await pulumi.runtime.setMocks({
      newResource: ({ type, name, inputs }) => {
        registered.push({ type, inputs: inputs as Record<string, unknown> });
        return { id: name, state: inputs as Record<string, unknown> };
      },
      call: () => ({}),
    });
    jest.requireActual('../../apps/online-shop/pulumi');
    await pulumi.runtime.disconnect();

    const written = new OnlineShop(new App(), 'online-shop', { dataPlane: DataPlane.ambient() }).toJson() as Array<Record<string, unknown>>;
    expect(registered).toHaveLength(written.length);
    expect(registered.map(({ inputs }) => inputs)).toEqual(expect.arrayContaining(written));
    const types = new Set(registered.map(({ type }) => type));
    expect(types).toContain('kubernetes:core/v1:Service');
    expect(types).toContain('kubernetes:networking.istio.io/v1:VirtualService');
  });
});
