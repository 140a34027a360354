import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { OnlineShop } from '../../apps/online-shop/online-shop';
import { secret, type Stack } from '../pulumi/stack';

const addresses = [{ type: 'IPAddress', value: '192.0.2.1' }];

/** Runs the file as the engine does, from its first line on, with what `pulumi config set` has said. */
async function up(config: Record<string, string> = {}): Promise<{ stack: Stack; shown: unknown }> {
  jest.resetModules();
  const { runtime } = jest.requireActual('@pulumi/pulumi');
  for (const [key, value] of Object.entries(config)) runtime.setConfig(`shop:${key}`, value);
  let shown: unknown;
  const program = () => {
    const { gatewayAddresses } = jest.requireActual('../../apps/online-shop/pulumi');
    gatewayAddresses.apply((value: unknown) => (shown = value));
  };
  const stack = await jest
    .requireActual('../pulumi/stack')
    .deploy(program, { answers: { 'online-shop/edge/gateway': { status: { addresses } } } });
  return { stack, shown };
}

// All modules are loaded anew for each.
jest.setTimeout(60_000);

describe('the program that pulumi up runs', () => {
  it('registers the whole shop, and gives the addresses of its gateway back', async () => {
    const { stack, shown } = await up();
    const written = new OnlineShop(new App(), 'shop', { dataPlane: DataPlane.ambient() }).toJson();
    expect(stack.objects).toHaveLength(written.length);
    expect(shown).toEqual(addresses);
  });

  it('keeps the kubeconfig encrypted, even where it was set as plain text', async () => {
    const { stack } = await up({ kubeconfig: 'users: []' });
    expect(stack.named('pulumi:providers:kubernetes', 'cluster').inputs.kubeconfig).toEqual(secret('users: []'));
  });
});
