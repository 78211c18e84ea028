// The same site as the others make: articles, home in pages of 20, tags, sections, a feed, a sitemap.
const newest = (items, count) => items.slice().reverse().slice(0, count);
const grouped = (items, keys) => {
  const groups = new Map();
  for (const item of items) for (const key of keys(item)) groups.set(key, [...(groups.get(key) ?? []), item]);
  return [...groups].map(([name, members]) => ({ name, members: newest(members, 100) }));
};
export default function (config) {
  const articles = (api) => api.getFilteredByGlob("content/**/*.md");
  config.addCollection("articles", articles);
  config.addCollection("latest", (api) => articles(api).slice().reverse());
  config.addCollection("byTag", (api) => grouped(articles(api), (item) => item.data.tags ?? []));
  config.addCollection("bySection", (api) => grouped(articles(api), (item) => [item.data.section]));
  config.addFilter("iso", (date) => date.toISOString());
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("newest", newest);
  config.addGlobalData("layout", "article.njk");
  config.addGlobalData("eleventyComputed", {
    permalink: (data) =>
      data.permalink || (data.slug ? `/${data.page.date.toISOString().slice(0, 7).replace("-", "/")}/${data.slug}/` : undefined),
  });
  return { dir: { input: ".", output: "_site", includes: "_includes" }, markdownTemplateEngine: false };
}
