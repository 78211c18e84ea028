// Reloads the page when the site was built anew; shows what is wrong until it is mended.
(() => {
  const mine = document.currentScript.dataset.version;
  let source = null;

  const close = () => {
    if (source) source.close();
    source = null;
  };

  const show = (problems) => {
    const old = document.getElementById("_publish-problems");
    if (old) old.remove();
    if (!problems.length) return;
    const box = document.createElement("div");
    box.id = "_publish-problems";
    box.setAttribute("role", "alert");
    const add = (parent, name, text) => parent.appendChild(Object.assign(document.createElement(name), { textContent: text }));
    add(box, "strong", problems.length === 1 ? "The site cannot be built. This is the last good page." : `The site cannot be built: ${problems.length} problems. This is the last good page.`);
    const list = box.appendChild(document.createElement("ul"));
    for (const problem of problems) {
      const item = list.appendChild(document.createElement("li"));
      add(item, "code", problem.where);
      add(item, "span", ` ${problem.message}`);
      if (problem.hint) add(item, "em", ` (${problem.hint})`);
    }
    document.body.prepend(box);
  };

  const open = () => {
    if (source) return;
    source = new EventSource("/_publish/events");
    source.addEventListener("state", (event) => {
      const state = JSON.parse(event.data);
      if (String(state.version) !== mine) {
        close();
        location.reload();
      } else {
        show(state.problems);
      }
    });
  };

  // A browser has six connections to a host: hidden pages hold none, and catch up when they are shown.
  const follow = () => (document.visibilityState === "visible" ? open() : close());
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", close);
  addEventListener("pageshow", follow);
  follow();
})();
