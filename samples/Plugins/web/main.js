const byId = (id) => document.getElementById(id);

// The answer to what was typed last may come before the one to what was typed first.
function follow(input, output, ask) {
  let asked = 0;
  const update = async () => {
    const mine = ++asked;
    let text;
    try {
      text = await ask(input.value);
    } catch (error) {
      text = error.message;
    }
    if (mine === asked) {
      output.value = text;
    }
  };
  input.addEventListener("input", update);
  void update();
}

follow(byId("text"), byId("count"), async (text) => {
  const { words, lines } = await oriel.invoke("plugin:text|count", { text });
  return `${words} words, ${lines} lines (C#, in this process)`;
});

follow(byId("numbers"), byId("statistics"), async (text) => {
  const numbers = text.split(",").map(Number).filter(Number.isFinite);
  const { mean, median } = await oriel.invoke("plugin:statistics|describe", { numbers });
  const sums = [];
  for await (const sum of oriel.stream("plugin:statistics|running", { numbers })) {
    sums.push(sum);
  }
  return `mean ${mean}, median ${median}, sums ${sums.join(", ")} (Python, in another process)`;
});

const show = ({ name, state }) => { byId("state").textContent = `${name}: ${state}`; };
oriel.on("backend:state", show);
(await oriel.invoke("oriel.backends")).forEach(show);
