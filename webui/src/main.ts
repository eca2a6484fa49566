import { mount } from 'svelte';
import { isServed } from './document';
import Live from './live/Live.svelte';
import Page from './Page.svelte';
import './styles/base.css';
import './styles/frame.css';
import './styles/tables.css';
import './styles/picture.css';
import './styles/lists.css';
import './styles/plot.css';
import './styles/live.css';
import './styles/media.css';

const target = document.getElementById('page');
if (target) {
  mount(isServed() ? Live : Page, { target });
}
