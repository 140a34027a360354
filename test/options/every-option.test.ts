import { Duration } from 'cdk8s';
import { MeshError } from '../../lib/support/mesh-error';
import { escapedPattern } from '../../lib/support/patterns/escaped-pattern';
import { calls, type Parameter, type PublicCall, structOf, structs } from './public-calls';
import { REPORTED } from './reported';
import { make, newWorld, OPTIONS, sampleOf, type World, wrongFor } from './samples';

type Values = Record<string, unknown>;

/** A place where options stand: of a call, or inside of its options. */
interface Place {
  readonly call: PublicCall;
  /** Keys from the call's options down. */
  readonly path: readonly string[];
  readonly struct: string;
}

const accepting = calls.filter(({ parameters }) => parameters.some(structOf));
const places = accepting.flatMap((call) => {
  const { name, ...rest } = call.parameters.find(structOf)!;
  return placesIn(call, [], structOf({ name, ...rest })!);
});

function placesIn(call: PublicCall, path: readonly string[], struct: string): Place[] {
  const inner = structs.get(struct)!.filter(structOf);
  return [{ call, path, struct }, ...inner.flatMap((option) => placesIn(call, [...path, keyOf(option)], structOf(option)!))];
}

// Of a list the item is changed that has what is asked for.
function keyOf({ name, type }: Parameter): string {
  return type.endsWith('[]') ? `${name}[]` : name;
}

const bare = (key: string): string => key.replace('[]', '');

function itemOf(value: unknown, next: string | undefined): Values {
  if (!Array.isArray(value)) return value as Values;
  return (value as Values[]).find((item) => next !== undefined && bare(next) in item) ?? (value as Values[]).at(-1)!;
}

const named = <T>(all: readonly T[], label: (one: T) => string) => all.map((one): [string, T] => [label(one), one]);
const byPlace = named(places, ({ call, path }) => [call.label, ...path].join('.'));

// What goes to a service is not led elsewhere: only one of them can be said.
const SENT_ON = ['rewrite', 'user', 'usersAtGateway'];
const SENT_AWAY = ['redirect'];

/** Calls with good values, but for what is changed in the options at a place. */
function callWith({ call, path }: Place, change: (options: Values) => void): () => unknown {
  const world = newWorld();
  const values = call.parameters.map((parameter) => {
    const sample = sampleOf(call, parameter, world);
    if (!structOf(parameter)) return sample;
    if (parameter.type === 'ExposeOptions') (path[0] === 'redirect' ? SENT_ON : SENT_AWAY).forEach((key) => delete (sample as Values)[key]);
    change(path.reduce((options, key, index) => itemOf(options[bare(key)], path[index + 1]), sample as Values));
    return sample;
  });
  return () => make(call, values, world);
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof MeshError) return error.code;
    throw error;
  }
  return 'nothing was refused';
}

/** Whether that is told, in the words that fit: who is no caller of ours, and an object that is taken for options of unknown names, are told as such. */
function isRefusal(value: unknown, code: string): boolean {
  return code === 'MESH068' || code === 'MESH009' || (code === 'MESH081' && [value].flat()[0] instanceof Duration);
}

// What several types of options share, and a RequestRule with RequestShaping; the others come out of the library.
const SHARED = ['RuleOptions', 'FinishingPods', 'DeferredPart', 'RequestShaping', 'PodBasics', 'RunningPods'];

describe('options', () => {
  it('are found in the sources, wherever they are taken', () => {
    expect(accepting.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['ServiceAccess.denyAnyone', 'MeshPort.redis', 'Mesh.constructor', 'IMeshedService.calls']),
    );
    expect(byPlace.map(([label]) => label)).toEqual(
      expect.arrayContaining(['MeshedService.constructor.retries', 'CanaryRelease.constructor.canary']),
    );
    const taken = new Set(places.map(({ struct }) => struct));
    expect([...structs.keys()].filter((struct) => !taken.has(struct)).sort()).toEqual([...SHARED, ...REPORTED].sort());
    expect(Object.keys(OPTIONS).filter((struct) => !taken.has(struct))).toEqual([]);
  });

  it.each(byPlace)('are taken as they are meant: %s', (_, place) => {
    expect(callWith(place, () => {})).not.toThrow();
  });

  it.each(byPlace)('fail for a word that is none, from any language: %s', (_, place) => {
    const act = callWith(place, (options) => (options.wrong = 1));
    const path = escapedPattern([...place.path, 'wrong'].join('.')).replaceAll('\\[\\]', '\\[\\d\\]');
    expect(act).toThrow(new RegExp(`: there is no option ${path}\n  got: wrong: 1\n  fix: the options are `));
  });

  const options = places.flatMap((place) => structs.get(place.struct)!.map((option) => ({ place, option })));
  const byOption = named(options, ({ place, option }) => [place.call.label, ...place.path, option.name].join('.'));

  it.each(byOption)('fail for a value of another type: %s', (_, { place, option }) => {
    const codes = wrongFor(option.type).map((value): [unknown, string] => [
      value,
      codeOf(callWith(place, (said) => (said[option.name] = value))),
    ]);
    expect(codes.filter(([value, code]) => !isRefusal(value, code))).toEqual([]);
  });

  it.each(byOption.filter(([, { option }]) => !option.isOptional))('fail without %s', (_, { place, option }) => {
    expect(codeOf(callWith(place, (said) => delete said[option.name]))).toBe('MESH068');
  });
});

describe('values that are passed one by one', () => {
  const passed = calls
    .filter(({ label }) => label !== 'Deferred.parts') // asked of all that is in a manifest
    .flatMap((call) => call.parameters.map((parameter) => ({ call, parameter })))
    .filter(({ parameter }) => parameter.type !== 'unknown');
  const byParameter = named(passed, ({ call, parameter }) => `${call.label}(${parameter.name})`);

  function callsWith({ call, parameter }: { call: PublicCall; parameter: Parameter }, value: unknown): () => unknown {
    const world: World = newWorld();
    const values = call.parameters.map((other) => (other === parameter ? value : sampleOf(call, other, world)));
    return () => make(call, values, world);
  }

  it.each(byParameter)('fail for a value of another type: %s', (_, one) => {
    const { type, isRest, isOptional } = one.parameter;
    const wrong = wrongFor(isRest ? type.replace('[]', '') : type);
    const codes = [...wrong, ...(isOptional || isRest ? [] : [undefined])].map((value): [unknown, string] => [
      value,
      codeOf(callsWith(one, value)),
    ]);
    expect(codes.filter(([value, code]) => !isRefusal(value, code))).toEqual([]);
  });
});
