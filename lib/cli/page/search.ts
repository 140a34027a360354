import { button, element, found } from './dom';
import { nameOf } from './filter';
import type { GraphNode } from './mesh-graph';

const MOST = 12;

/** The search field: what is found stands under it, Enter goes to the first, arrow keys go through them. */
export class SearchBox {
  private readonly field = found<HTMLInputElement>('search');
  private readonly hits = found('hits');

  constructor(
    private readonly search: (text: string) => readonly GraphNode[],
    private readonly goTo: (id: string) => void,
  ) {
    this.field.addEventListener('input', () => this.show());
    this.field.addEventListener('keydown', (event) => this.pressed(event));
    this.hits.addEventListener('keydown', (event) => this.pressed(event));
    this.field.form!.addEventListener('reset', () => this.close());
    document.addEventListener('click', ({ target }) => this.field.parentElement!.contains(target as Node) || this.close());
  }

  private show(): void {
    const found = this.search(this.field.value);
    const more = found.length > MOST ? [element('li', { class: 'note' }, `and ${found.length - MOST} more`)] : [];
    const none = found.length === 0 ? [element('li', { class: 'note' }, 'nobody of that name')] : [];
    const rows = found.slice(0, MOST).map((node) =>
      element(
        'li',
        {},
        button(nameOf(node), () => this.choose(node), { class: 'link' }),
        ` ${node.kind}`,
      ),
    );
    this.hits.replaceChildren(...rows, ...more, ...none);
    this.hits.hidden = this.field.value.trim() === '';
  }

  private choose({ id }: GraphNode): void {
    this.close();
    this.goTo(id);
  }

  private close(): void {
    this.hits.hidden = true;
  }

  private pressed(event: KeyboardEvent): void {
    const buttons = [...this.hits.querySelectorAll('button')];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter' && at < 0) buttons[0]?.click();
    else if (event.key === 'ArrowDown') buttons[Math.min(at + 1, buttons.length - 1)]?.focus();
    else if (event.key === 'ArrowUp') (buttons[at - 1] ?? this.field).focus();
    else return;
    event.preventDefault();
  }
}
