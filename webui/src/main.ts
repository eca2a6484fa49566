import { mount } from 'svelte';
import Page from './Page.svelte';
import './styles/base.css';
import './styles/frame.css';
import './styles/tables.css';
import './styles/picture.css';
import './styles/lists.css';
import './styles/media.css';

const target = document.getElementById('page');
if (target) {
  mount(Page, { target });
}
