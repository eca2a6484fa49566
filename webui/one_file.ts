import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/// Puts script and style into the page itself, and says in its policy that no other script may run
/// and that nothing may be asked for: the report is one file that opens without a network.
export function oneFile(): Plugin {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle(_, bundle) {
      const page = Object.values(bundle).find((file) => file.fileName.endsWith('.html'));
      if (page?.type !== 'asset') {
        this.error('there is no page');
      }
      let script = '';
      let style = '';
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') {
          script += file.code.replaceAll('</script', '<\\/script').trim();
        } else if (file.fileName.endsWith('.css')) {
          style += file.source;
        }
        if (file !== page) {
          delete bundle[file.fileName];
        }
      }
      const hash = createHash('sha256').update(script).digest('base64');
      page.source = String(page.source)
        .replace(/\s*<script type="module"[^>]*src=[^>]*><\/script>/, '')
        .replace(/\s*<link rel="stylesheet"[^>]*>/, () => `\n<style>${style.trim()}</style>`)
        .replace('SCRIPT-HASH', `sha256-${hash}`)
        .replace('</body>', () => `<script type="module">${script}</script>\n</body>`);
    },
  };
}
