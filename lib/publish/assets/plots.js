// Plots are pictures until the reader asks for more: a button below each loads
// Plotly and puts an interactive figure in the picture's place, and back. The
// picture stays for print.
(() => {
  const style = () => getComputedStyle(document.documentElement);

  /** What the page's theme says where the figure itself says nothing. */
  const themed = (layout) => {
    const colours = style();
    const [text, line, paper] = ['--text', '--rule-strong', '--paper'].map((name) => {
      // A custom property holds light-dark(); only a real property tells which side counts.
      const probe = document.createElement('span');
      probe.style.color = `var(${name})`;
      document.body.append(probe);
      const colour = getComputedStyle(probe).color;
      probe.remove();
      return colour;
    });
    const axis = { gridcolor: line, linecolor: line, zerolinecolor: line };
    const own = layout.template?.layout ?? {};
    const themedLayout = { ...layout };
    for (const name of Object.keys({ xaxis: 0, yaxis: 0, ...layout })) {
      if (/^[xy]axis\d*$/.test(name))
        themedLayout[name] = { ...axis, ...own[name.slice(0, 5)], ...layout[name] };
    }
    return {
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
      hoverlabel: { bgcolor: paper, bordercolor: line, font: { color: text } },
      margin: { l: 56, r: 24, t: layout.title ? 56 : 24, b: 48 },
      ...themedLayout,
      modebar: { bgcolor: 'rgba(0,0,0,0)', color: line, activecolor: text, ...layout.modebar },
      legend: { bgcolor: 'rgba(0,0,0,0)', ...layout.legend },
      font: { family: colours.getPropertyValue('--sans'), size: 14, color: text, ...layout.font },
      autosize: true,
      width: undefined,
    };
  };

  let plotly;
  const loadPlotly = () => {
    plotly ??= new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = 'assets/plotly.min.js';
      script.addEventListener('load', () => resolve(window.Plotly));
      script.addEventListener('error', () => reject(new Error('assets/plotly.min.js cannot be read')));
      document.head.append(script);
    });
    return plotly;
  };

  const start = async (figure) => {
    const still = figure.querySelector('.plot-still');
    const { data, layout = {}, config = {}, frames } = JSON.parse(figure.querySelector('script').textContent);
    const Plotly = await loadPlotly();
    const live = document.createElement('div');
    live.className = 'plot-live';
    live.style.height = `${layout.height ?? 420}px`;
    const label = still.querySelector('img')?.alt || still.querySelector('svg')?.getAttribute('aria-label');
    const words = label || still.querySelector('svg > title')?.textContent;
    if (words) {
      live.setAttribute('role', 'group');
      live.setAttribute('aria-label', words);
    }
    still.after(live);
    const options = { displaylogo: false, ...config, responsive: true };
    await Plotly.newPlot(live, { data, layout: themed(layout), config: options, frames });
    const recolour = () => Plotly.react(live, data, themed(layout), options);
    addEventListener('inkwell-theme', recolour);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour);
  };

  const numberOf = (figure) => figure.querySelector('.caption-number')?.textContent.replace(/\.$/, '');

  /** The button of a figure: starts it when first pressed, then turns between picture and live figure. */
  const addButton = (figure) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'plot-button';
    button.textContent = 'Interactive';
    button.setAttribute('aria-pressed', 'false');
    const number = numberOf(figure);
    if (number) button.setAttribute('aria-label', `${number}: interactive`);
    let started;
    const show = (isLive) => {
      figure.classList.toggle('plot-is-live', isLive);
      button.setAttribute('aria-pressed', String(isLive));
    };
    button.addEventListener('click', async () => {
      // The live figure takes its size from its place, so that must be there first.
      show(button.getAttribute('aria-pressed') === 'false');
      try {
        started ??= start(figure);
        await started;
      } catch (error) {
        // What cannot start stays a picture.
        started = undefined;
        show(false);
        button.textContent = 'Not available';
        console.warn(error);
      }
    });
    figure.querySelector('.plot-still').after(button);
  };
  for (const figure of document.querySelectorAll('figure.plot')) addButton(figure);
})();
