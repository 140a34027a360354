import type { IConstruct } from 'constructs';
import { RULES } from '../rules';
import type { Code } from '../support/codes';
import { MeshError } from '../support/mesh-error';
import { CONSTRUCT, TEXT } from '../support/options/kind';
import { requireArguments } from '../support/options/require-options';
import { acknowledge } from './acknowledgements';

/**
 * What the rules have to say of a part of the tree, and the place to answer them.
 *
 * Rules run when an App is synthesized. Errors stop it; warnings and infos are printed until somebody acknowledges them.
 *
 * @example
 * import { ExternalPort, ExternalService, Findings } from 'istio-constructs';
 *
 * const cards = new ExternalService(shop, 'card-network', { host: 'api.cards.example.com', port: ExternalPort.https() });
 * cart.calls(cards);
 * Findings.of(cart).acknowledge('MESH209', "the cluster's firewall lets nothing else out");
 */
export class Findings {
  /** The code of every rule, in order. */
  public static get codes(): string[] {
    return RULES.map(({ code }) => code);
  }

  /**
   * The findings at a construct and below it.
   * @param scope The construct
   */
  public static of(scope: IConstruct): Findings {
    requireArguments('Findings', { scope }, { scope: CONSTRUCT });
    return new Findings(scope);
  }

  private readonly scope: IConstruct;

  private constructor(scope: IConstruct) {
    this.scope = scope;
  }

  /**
   * Silences a warning or an info at this construct and below it; the report keeps it with the reason. Errors cannot be silenced.
   * @param code Code of the finding, for example MESH206
   * @param reason Why it does not matter here
   */
  public acknowledge(code: string, reason: string): void {
    const at = this.scope;
    requireAcknowledgeable(at, code, reason);
    acknowledge(at, code, reason);
  }
}

function requireAcknowledgeable(at: IConstruct, code: string, reason: string): void {
  const refuse = (mistake: Code, what: string, got: string, fix: string): never => {
    throw new MeshError({ code: mistake, at, what, got, fix });
  };
  requireArguments(at, { code, reason }, { code: TEXT, reason: TEXT });
  const rule = RULES.find((candidate) => candidate.code === code);
  if (!rule) return refuse('MESH030', 'an acknowledgement names the code of a rule', code, 'take the code from the report');
  if (rule.level === 'error')
    return refuse('MESH064', 'an error cannot be acknowledged', `${code}, ${rule.title}`, 'mend what it is about');
  if (reason.trim() === '') return refuse('MESH065', 'an acknowledgement has a reason', reason, 'say why it does not matter here');
}
