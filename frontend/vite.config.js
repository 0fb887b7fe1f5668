// Builds style and script of Kommpass into ../dist, where Django finds them through the manifest.
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/static/',
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    // A font or an icon inlined as data: would need a weaker content security policy than ours.
    assetsInlineLimit: 0,
    target: ['chrome123', 'firefox128', 'safari17.5'],
    // htmx mentions eval; the meta tag htmx-config and our policy both forbid it.
    rolldownOptions: { input: { main: 'src/main.ts' }, checks: { eval: false } },
  },
})
