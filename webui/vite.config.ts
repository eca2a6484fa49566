import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { oneFile } from './one_file';

export default defineConfig({
  plugins: [svelte({ compilerOptions: { runes: true } }), oneFile()],
  build: {
    target: 'es2022',
    emptyOutDir: false,
    modulePreload: false,
    rollupOptions: { input: 'report.html' },
  },
});
