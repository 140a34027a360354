import * as pulumi from '@pulumi/pulumi';

/** An input that is kept encrypted, as Pulumi has it on the wire. */
export const secret = (value: unknown): object => ({ '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', value });

/** A resource as the program asks the engine for it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** With the types of all resources around it, as the engine has it. */
  readonly urn: string;
  readonly parent: string;
  /** With Outputs resolved; what is unknown in a preview is left out. */
  readonly inputs: Readonly<Record<string, any>>;
  /** Names of the resources that it comes after. */
  readonly after: readonly string[];
  /** What it may have been known as; what one leaves out is as it is now. */
  readonly aliases: readonly Alias[];
  readonly ignoreChanges: readonly string[];
  readonly isProtected: boolean;
  readonly isRetained: boolean;
  readonly provider: string;
  /** All that the engine is asked. */
  readonly request: any;
  /** Fields of the answer that are kept encrypted. */
  readonly secrets: readonly string[];
}

export interface Alias {
  readonly name: string;
  readonly type: string;
  readonly parent: string;
}

export interface Stack {
  readonly resources: readonly Registered[];
  readonly logs: readonly string[];
  /** Resources of the Kubernetes provider. */
  readonly objects: readonly Registered[];
  named(type: string, name: string): Registered;
}

export interface DeployOptions {
  readonly isPreview?: boolean;
  /** What the engine answers beside the inputs, perhaps later, by name of the resource. */
  readonly answers?: Readonly<Record<string, object | Promise<object>>>;
}

/** Runs a program against Pulumi's own stand-in for an engine, and says what it asked for, in order. */
export async function deploy(program: () => unknown, { isPreview = false, answers = {} }: DeployOptions = {}): Promise<Stack> {
  const inputs = new Map<string, Record<string, any>>();
  const newResource = async (args: pulumi.runtime.MockResourceArgs) => {
    inputs.set(`${args.type} ${args.name}`, args.inputs as Record<string, any>);
    return { id: args.name, state: { ...args.inputs, ...(await answers[args.name]) } };
  };
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, 'shop', 'test', isPreview);
  const { requests, logs } = listen();
  try {
    await program();
  } finally {
    await pulumi.runtime.disconnect();
    // What follows from the last answers is said after them.
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  }
  const urns = wholeUrns(requests);
  const resources = requests.map(({ request, urn }) =>
    registered(request, urns.get(urn)!, (one) => urns.get(one) ?? one, inputs.get(`${request.getType()} ${request.getName()}`) ?? {}),
  );
  return {
    resources,
    logs,
    objects: resources.filter(({ type }) => type.startsWith('kubernetes:') || type.startsWith('pulumi:providers:kubernetes')),
    named: (type, name) => {
      const found = resources.filter((one) => one.type.endsWith(type) && one.name === name);
      if (found.length === 1) return found[0];
      throw new Error(`${found.length} of ${type} ${name}; there is: ${resources.map((one) => `${one.type} ${one.name}`).join(', ')}`);
    },
  };
}

interface Asked {
  readonly request: any;
  readonly urn: string;
}

/** The stand-in tells its mocks less than the engine is asked, so the questions are read on their way. */
function listen(): { requests: Asked[]; logs: string[] } {
  const requests: Asked[] = [];
  const logs: string[] = [];
  const monitor = pulumi.runtime.getMonitor() as any;
  const registerResource = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request: any, callback: (error: any, response: any) => void) =>
    registerResource(request, (error: any, response: any) => {
      if (response) requests.push({ request, urn: response.getUrn() });
      callback(error, response);
    });
  for (const level of ['warn', 'info'] as const) {
    jest.spyOn(pulumi.log, level).mockImplementation(async (...[message, resource]: [string, pulumi.Resource?, number?, boolean?]) => {
      logs.push(`${level} on ${resource ? nameOf(await urnOf(resource)) : 'nothing'}: ${message}`);
    });
  }
  return { requests, logs };
}

/** Puts a resource below its parent as the engine does; the parent is given by its URN. */
export function urnBelow(parent: string, type: string, name: string): string {
  const around = parent ? `${parent.split('::')[2]}$` : '';
  return `urn:pulumi:test::shop::${around}${type}::${name}`;
}

/** The stand-in puts the type of the direct parent alone into a URN. */
function wholeUrns(requests: readonly Asked[]): Map<string, string> {
  const urns = new Map<string, string>();
  for (const { request, urn } of requests) {
    urns.set(urn, urnBelow(urns.get(request.getParent()) ?? '', request.getType(), request.getName()));
  }
  return urns;
}

const nameOf = (urn: string): string => urn.split('::').at(-1)!;

const urnOf = (resource: pulumi.Resource): Promise<string> => new Promise((resolve) => resource.urn.apply(resolve));

function registered(request: any, urn: string, whole: (urn: string) => string, inputs: Record<string, any>): Registered {
  const specs: any[] = request.getAliasesList().map((alias: any) => alias.getSpec());
  return {
    type: request.getType(),
    name: request.getName(),
    urn,
    parent: whole(request.getParent()),
    inputs,
    after: request.getDependenciesList().map(nameOf),
    aliases: specs.map((spec) => ({ name: spec.getName(), type: spec.getType(), parent: whole(spec.getParenturn()) })),
    request,
    ignoreChanges: request.getIgnorechangesList(),
    isProtected: request.getProtect(),
    isRetained: request.getRetainondelete(),
    provider: request.getProvider(),
    secrets: request.getAdditionalsecretoutputsList(),
  };
}
