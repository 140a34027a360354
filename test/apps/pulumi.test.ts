import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { OnlineShop } from '../../apps/online-shop/online-shop';
import { deploy } from '../pulumi/stack';

describe('the program that pulumi up runs', () => {
  it('registers the whole shop, and gives the addresses of its gateway back', async () => {
    const addresses = [{ type: 'IPAddress', value: '192.0.2.1' }];
    let shown: unknown;
    const program = () => {
      const { gatewayAddresses } = jest.requireActual('../../apps/online-shop/pulumi');
      gatewayAddresses.apply((value: unknown) => (shown = value));
    };
    const stack = await deploy(program, { answers: { 'online-shop/edge/gateway': { status: { addresses } } } });

    const written = new OnlineShop(new App(), 'shop', { dataPlane: DataPlane.ambient() }).toJson();
    expect(stack.objects).toHaveLength(written.length);
    expect(shown).toEqual(addresses);
  });
});
