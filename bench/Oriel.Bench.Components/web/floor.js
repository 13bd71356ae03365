// The pages of the components, written by hand over bare calls.
const pages = {
  click() {
    document.body.innerHTML = '<main><h1>Counter</h1><p role="status">Clicked 0 times</p><button>Click</button></main>';
    const status = document.querySelector('[role=status]');
    document.querySelector('button').addEventListener('click', async () => {
      status.firstChild.data = `Clicked ${await oriel.invoke('click')} times`;
    });
  },
  typing() {
    document.body.innerHTML = '<main><input><p role="status"> </p></main>';
    const status = document.querySelector('[role=status]');
    document.querySelector('input').addEventListener('input', async (event) => {
      status.firstChild.data = await oriel.invoke('echo', event.target.value);
    });
  },
  async render() {
    document.body.innerHTML = await oriel.invoke('markup');
  },
};

addEventListener('DOMContentLoaded', () => pages[location.hash.slice(1).split(',')[0]]());
