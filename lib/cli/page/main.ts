import { found } from './dom';
import type { PageData } from '../formats/page';
import { Page } from './page';

new Page(JSON.parse(found('data').textContent) as PageData).start();
