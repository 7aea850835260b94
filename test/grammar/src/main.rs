//! Reads paths of Rust files on standard input and prints an outline of each, as syn has it: `file PATH ok|refused`, then one line
//! for each item (`item kind name`) and each expression (`kind start end`, in bytes), those around others first.
//! Attributes, types, patterns, generics and the tokens of macros are left out; parentheses are what stands in them. What syn
//! itself keeps as tokens is `verbatim`.
use std::io::{BufRead, BufWriter, Write};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut;

fn main() {
    // Deep code is deep on the stack of a parser that recurses.
    std::thread::Builder::new().stack_size(1 << 30).spawn(run).expect("a thread").join().expect("it ends");
}

fn run() {
    std::panic::set_hook(Box::new(|_| {}));
    let mut out = BufWriter::new(std::io::stdout().lock());
    for path in std::io::stdin().lock().lines() {
        let path = path.expect("standard input is readable");
        let outline = std::fs::read_to_string(&path).ok().and_then(|text| std::panic::catch_unwind(|| outline_of(&text)).ok().flatten());
        match outline {
            Some(outline) => write!(out, "file\t{path}\tok\n{outline}"),
            None => writeln!(out, "file\t{path}\trefused"),
        }
        .expect("standard output is writable");
    }
}

fn outline_of(text: &str) -> Option<String> {
    proc_macro2::extra::invalidate_current_thread_spans();
    let whole = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut file = syn::parse_file(whole).ok()?;
    // syn leaves both out of what it counts.
    let skipped = text.len() - whole.len() + file.shebang.as_ref().map_or(0, |it| it.len());
    WithoutAttributes.visit_file_mut(&mut file);
    let mut outline = Outline { text: String::new(), skipped };
    outline.visit_file(&file);
    Some(outline.text)
}

struct WithoutAttributes;

impl VisitMut for WithoutAttributes {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        attributes.clear();
    }
}

struct Outline {
    text: String,
    skipped: usize,
}

impl Outline {
    fn item(&mut self, kind: &str, name: &dyn std::fmt::Display) {
        let name = name.to_string();
        self.text += &format!("item\t{kind}\t{}\n", name.strip_prefix("r#").unwrap_or(&name));
    }

    fn verbatim(&mut self) {
        self.text += "verbatim\n";
    }

    fn expression(&mut self, kind: &str, of: impl Spanned) {
        let range = of.span().byte_range();
        self.text += &format!("{kind}\t{}\t{}\n", range.start + self.skipped, range.end + self.skipped);
    }
}

impl<'ast> Visit<'ast> for Outline {
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
    fn visit_pat(&mut self, pattern: &'ast syn::Pat) {
        if let syn::Pat::Guard(it) = pattern {
            self.visit_expr(&it.guard);
        }
    }
    fn visit_generics(&mut self, _: &'ast syn::Generics) {}
    fn visit_path_arguments(&mut self, _: &'ast syn::PathArguments) {}
    fn visit_qself(&mut self, _: &'ast syn::QSelf) {}
    fn visit_angle_bracketed_generic_arguments(&mut self, _: &'ast syn::AngleBracketedGenericArguments) {}
    fn visit_variant(&mut self, _: &'ast syn::Variant) {}

    fn visit_item(&mut self, item: &'ast syn::Item) {
        use syn::Item::*;
        match item {
            Const(it) => self.item("const", &it.ident),
            Enum(it) => self.item("enum", &it.ident),
            ExternCrate(it) => self.item("extern-crate", &it.ident),
            Fn(it) => self.item("function", &it.sig.ident),
            Impl(_) => self.item("impl", &""),
            Mod(it) => self.item("module", &it.ident),
            Static(it) => self.item("static", &it.ident),
            Struct(it) => self.item("struct", &it.ident),
            Trait(it) => self.item("trait", &it.ident),
            TraitAlias(it) => self.item("trait", &it.ident),
            Type(it) => self.item("type-alias", &it.ident),
            Use(_) => self.item("use", &""),
            Verbatim(_) => return self.verbatim(),
            _ => return self.item("other", &""),
        }
        visit::visit_item(self, item);
    }
    fn visit_impl_item(&mut self, item: &'ast syn::ImplItem) {
        match item {
            syn::ImplItem::Const(it) => self.item("const", &it.ident),
            syn::ImplItem::Fn(it) => self.item("function", &it.sig.ident),
            syn::ImplItem::Type(it) => self.item("type-alias", &it.ident),
            syn::ImplItem::Verbatim(_) => return self.verbatim(),
            _ => return self.item("other", &""),
        }
        visit::visit_impl_item(self, item);
    }
    fn visit_trait_item(&mut self, item: &'ast syn::TraitItem) {
        match item {
            syn::TraitItem::Const(it) => self.item("const", &it.ident),
            syn::TraitItem::Fn(it) => self.item("function", &it.sig.ident),
            syn::TraitItem::Type(it) if it.default.is_some() => self.item("type-alias", &it.ident),
            syn::TraitItem::Type(_) => return,
            syn::TraitItem::Verbatim(_) => return self.verbatim(),
            _ => return self.item("other", &""),
        }
        visit::visit_trait_item(self, item);
    }
    fn visit_macro(&mut self, _: &'ast syn::Macro) {}
    fn visit_stmt_macro(&mut self, it: &'ast syn::StmtMacro) {
        self.expression("macro", &it.mac);
    }
    /// The block of `let … else` is no expression.
    fn visit_local_init(&mut self, it: &'ast syn::LocalInit) {
        self.visit_expr(&it.expr);
        if let Some((_, otherwise)) = &it.diverge {
            visit::visit_expr(self, otherwise);
        }
    }

    fn visit_expr(&mut self, expression: &'ast syn::Expr) {
        use syn::{BinOp, Expr::*};
        let kind = match expression {
            Array(_) => "array",
            Assign(_) => "assign",
            Async(_) | Block(_) | Const(_) | TryBlock(_) | Unsafe(_) => "block",
            Await(_) => "await",
            Binary(it) => match it.op {
                BinOp::AddAssign(_) | BinOp::SubAssign(_) | BinOp::MulAssign(_) | BinOp::DivAssign(_) | BinOp::RemAssign(_) => "assign",
                BinOp::BitXorAssign(_) | BinOp::BitAndAssign(_) | BinOp::BitOrAssign(_) => "assign",
                BinOp::ShlAssign(_) | BinOp::ShrAssign(_) => "assign",
                _ => "binary",
            },
            Break(_) => "break",
            Call(_) => "call",
            Cast(_) => "cast",
            Closure(_) => "closure",
            Continue(_) => "continue",
            Field(_) => "field",
            ForLoop(_) => "for",
            If(_) => "if",
            Index(_) => "index",
            Let(_) => "let",
            Lit(_) => "literal",
            Loop(_) => "loop",
            Macro(_) => "macro",
            Match(_) => "match",
            MethodCall(_) => "method",
            Paren(it) => return self.visit_expr(&it.expr),
            Path(_) | Infer(_) => "path",
            Range(_) => "range",
            Reference(_) | RawAddr(_) => "reference",
            Repeat(_) => "repeat",
            Return(_) => "return",
            Struct(_) => "struct",
            Try(_) => "try",
            Tuple(_) => "tuple",
            Unary(_) => "unary",
            Verbatim(_) => return self.verbatim(),
            While(_) => "while",
            _ => "unknown",
        };
        self.expression(kind, expression);
        visit::visit_expr(self, expression);
    }
}
