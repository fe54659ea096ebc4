//! One scene of the show as an ffmpeg filter graph: pure text, no process.
//!
//! Inputs of the graph: 0 the product's picture. Output: `[v]`, portrait.

use std::{fmt::Write, path::Path};

/// The picture's size and rate.
pub(super) const WIDTH: u32 = 720;
pub(super) const HEIGHT: u32 = 1280;
pub(super) const FRAME_RATE: u32 = 30;

/// A line of text: what, how big, how far down, in which colour.
pub(super) struct Title<'a> {
    /// A file with the text, so that nothing in it needs escaping.
    pub(super) file: &'a Path,
    pub(super) size: u32,
    pub(super) y: u32,
    pub(super) color: &'a str,
}

/// The product on a blurred, darkened ground of itself, gently floating, with its titles and how far the scene is.
pub(super) fn graph(seconds: u32, font: &Path, titles: &[Title<'_>]) -> String {
    let still = format!("loop=loop=-1:size=1,fps={FRAME_RATE},trim=duration={seconds}");
    let mut graph = format!(
        "[0:v]format=rgb24,split[a][b];\
         [a]scale={HEIGHT}:{HEIGHT},crop={WIDTH}:{HEIGHT},gblur=sigma=80,eq=brightness=-0.22:saturation=1.25,{still}[ground];\
         [b]scale=540:540,pad=552:552:6:6:white,{still}[card];\
         color=c=0xffd9a0:s={WIDTH}x8:r={FRAME_RATE}:d={seconds}[bar];\
         [ground][card]overlay=x='(W-w)/2+14*sin(t*0.9)':y='232+10*sin(t*1.7)':shortest=1[shown];\
         [shown][bar]overlay=x='-W+W*t/{seconds}':y=222:shortest=1"
    );
    for title in titles {
        let Title { file, size, y, color } = title;
        let (file, font) = (file.display(), font.display());
        let _ = write!(
            graph,
            ",drawtext=fontfile={font}:textfile={file}:expansion=none:fontsize={size}:fontcolor={color}\
             :x=(w-text_w)/2:y={y}:shadowcolor=black@0.45:shadowx=2:shadowy=2"
        );
    }
    graph.push_str(",format=yuv420p[v]");
    graph
}

/// The wall clock to a tenth of a second, drawn anew on every frame.
pub(super) fn clock(font: &Path) -> String {
    format!(
        "drawtext=fontfile={}:fontsize=46:fontcolor=white:box=1:boxcolor=black@0.45:boxborderw=12:x=(w-text_w)/2:y=150\
         :text='%{{localtime\\:%H\\\\\\:%M\\\\\\:%S}}.%{{eif\\:floor(mod(time(0)*10\\,10))\\:d\\:1}}'",
        font.display()
    )
}

/// A slow pentatonic tune on something plucked: notes of 0.4 s that die away, over a soft fifth.
pub(super) fn tune() -> String {
    let note = "floor(t/0.4)";
    let degree = format!("mod(3*{note}+mod(floor({note}/5)\\,4)\\,5)");
    let pitch = format!("(2*{degree}+gte({degree}\\,3)+12*mod(floor({note}/7)\\,2))");
    let tone = format!("2*PI*262*pow(2\\,{pitch}/12)*t");
    format!(
        "0.22*exp(-6*mod(t\\,0.4))*(sin({tone})+0.4*sin(2*({tone})))+0.03*sin(2*PI*131*t)+0.02*sin(2*PI*196*t)"
    )
}
