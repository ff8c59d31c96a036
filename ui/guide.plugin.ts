// The guide's Markdown becomes HTML when the pages are built, so that nothing has to read it in the window; its pictures are
// bundled like any other.
import MarkdownIt from "markdown-it";
import type { Plugin } from "vite";

export function guide(): Plugin {
  const markdown = new MarkdownIt({ html: false, linkify: false });
  return {
    name: "redress-guide",
    transform(source, id) {
      if (!id.endsWith(".md")) return null;
      const pictures: string[] = [];
      const html = markdown.render(source).replace(/<img src="([^"]+)"/g, (_, path: string) => {
        pictures.push(path);
        return `<img src="picture:${pictures.length - 1}"`;
      });
      const imports = pictures.map((path, n) => `import p${n} from ${JSON.stringify(path)};`).join("\n");
      const filled = pictures.map((_, n) => `.replace("picture:${n}", p${n})`).join("");
      return { code: `${imports}\nexport default ${JSON.stringify(html)}${filled};`, map: null };
    },
  };
}
