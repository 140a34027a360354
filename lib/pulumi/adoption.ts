import * as pulumi from '@pulumi/pulumi';

const OPTION = 'upsertExistingObjects';
const VARIABLE = 'PULUMI_K8S_UPSERT_EXISTING_OBJECTS';

const WARNING = [
  'upsertExistingObjects is on: objects that are in the cluster already become part of this stack',
  '  fix: turn it off after the update that adopts them. While it is on, an object that gets another place in the stack is written over and then',
  '       deleted under its old place, and it is the same object; without it such an update fails, and nothing is lost',
].join('\n');

interface Adopting {
  readonly [OPTION]?: pulumi.Output<string | undefined>;
}

/** Warns while the provider of a program adopts what is there already, which is also how the same program deletes it. */
export function warnOfAdoption(program: pulumi.ComponentResource): void {
  const provider = program.getProvider('kubernetes:core/v1:Namespace');
  // Of an explicit provider the option is in its inputs, which come back as Outputs; the default one asks configuration, then the environment.
  const said = provider ? (provider as pulumi.ProviderResource & Adopting)[OPTION] : ofDefaultProvider();
  pulumi.output(said).apply((value) => {
    if (isOn(value)) void pulumi.log.warn(WARNING, program);
  });
}

const ofDefaultProvider = (): string | undefined => new pulumi.Config('kubernetes').get(OPTION) ?? process.env[VARIABLE];

const isOn = (value: string | undefined): boolean => /^(1|t|true)$/i.test(String(value));
