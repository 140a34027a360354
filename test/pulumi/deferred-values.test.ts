import * as pulumi from '@pulumi/pulumi';
import { ApiObject, type Chart } from 'cdk8s';
import { asBoolean, asList, asNumber, asString, MeshProgram } from 'istio-constructs-pulumi';
import { deploy } from './stack';

const later = <T>(value: T) => pulumi.output(Promise.resolve(value)) as pulumi.Output<T>;

/** An Output as a resource has it that is yet to be made. */
function unknownText(): pulumi.Output<string> {
  const OutputOf = pulumi.Output as unknown as new (...parts: unknown[]) => pulumi.Output<string>;
  const no = Promise.resolve(false);
  return new OutputOf(new Set(), Promise.resolve(''), no, no, Promise.resolve(new Set()));
}

/** What stands for a value that a preview cannot know. */
const UNKNOWN = expect.objectContaining({ __pulumiUnknown: true });

/** Of a kind that nobody here knows: any value may stand in it. */
const settings = (chart: Chart, data: object): ApiObject =>
  new ApiObject(chart, 'settings', {
    apiVersion: 'example.com/v1',
    kind: 'Settings',
    metadata: { name: 'settings', namespace: 'shop' },
    data,
  });

async function arrives(data: () => object, isPreview = false): Promise<unknown> {
  const stack = await deploy(() => new MeshProgram('program', (chart) => settings(chart, data())), { isPreview });
  return stack.named('Settings', 'program/shop/settings').inputs.data;
}

describe('a value that is known only while the stack runs', () => {
  it.each([
    ['text', () => asString(later('v2')), 'v2'],
    ['a number', () => asNumber(later(3)), 3],
    ['no', () => asBoolean(later(false)), false],
    ['a list', () => asList(later(['a', 'b'])), ['a', 'b']],
    ['a list of which the items are known later', () => asList([later('a'), 'b']), ['a', 'b']],
    ['a list without items', () => asList(later<string[]>([])), []],
    ['a part of a text', () => `registry/${asString(later('app'))}:${asString(later('v2'))}`, 'registry/app:v2'],
    ['a number in a text', () => `port ${asNumber(later(5432))}`, 'port 5432'],
    ['items among others', () => ['first', ...asList(later(['a', 'b'])), 'last'], ['first', 'a', 'b', 'last']],
  ])('arrives: %s', async (_, value, expected) => {
    expect(await arrives(() => ({ value: value() }))).toEqual({ value: expected });
  });

  it('stays plain where it is plain', () => {
    expect([asString('v2'), asNumber(3), asBoolean(false), asList(['a'])]).toEqual(['v2', 3, false, ['a']]);
  });

  it('stays a secret', async () => {
    let isSecret: Promise<boolean> | undefined;
    await deploy(() => {
      const program = new MeshProgram('program', (chart) => settings(chart, { password: `pw ${asString(pulumi.secret('x'))}` }));
      const data = program.resource('Settings', 'settings').apply((settled) => settled.data);
      isSecret = pulumi.isSecret(data);
    });
    expect(await isSecret).toBe(true);
  });

  it('is unknown in a preview, and nothing else is', async () => {
    const unknown = unknownText();
    expect(await arrives(() => ({ known: 'yes', later: asString(unknown), part: `at ${asString(unknown)}` }), true)).toEqual({
      known: 'yes',
      later: UNKNOWN,
      part: UNKNOWN,
    });
  });

  it('fails as a key', async () => {
    await expect(arrives(() => ({ [asString(later('key'))]: 'value' }))).rejects.toThrow('a key has to be known when the program runs');
  });
});
