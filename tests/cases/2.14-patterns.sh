#### question marks and stars
for p in 'a?c' 'a*' '*c' '?' '*' 'a*b*c' '??*'; do for s in abc a '' ac aXbYc; do case $s in $p) printf '%s~%s ' "$p" "$s";; esac; done; done; echo

#### brackets
for p in '[abc]' '[a-c]' '[!a-c]' '[]x]' '[!]x]' '[a-]' '[-a]' '[0-9a-f]'; do for s in a c d ']' - 5; do case $s in $p) printf '%s~%s ' "$p" "$s";; esac; done; done; echo

#### classes
for p in '[[:alpha:]]' '[[:digit:]]' '[[:space:]]' '[[:upper:]]' '[![:lower:]]' '[[:alnum:]_]' '[[:punct:]]' '[[:xdigit:]]'; do for s in a Z 5 ' ' _ , g; do case $s in $p) printf '%s~%s ' "$p" "$s";; esac; done; done; echo

#### quoted characters
case 'a*' in a\*) echo 1;; esac; case ab in a"*") echo no;; *) echo 2;; esac; case '?' in '?') echo 3;; esac; case '[a]' in "[a]") echo 4;; esac; case a in [\a]) echo 5;; esac

#### quoted characters in brackets
case - in [a"-"z]) echo 1;; esac; case m in [a'-'z]) echo no;; *) echo 2;; esac; case ']' in ["]"]) echo 3;; esac; case '!' in ["!"a]) echo 4;; esac; case '\' in [\\]) echo 5;; esac

#### brackets that are none
case '[' in [) echo 1;; esac; case '[a' in [a) echo 2;; esac; case 'a]' in a]) echo 3;; esac; case '[]' in []) echo 4;; esac

#### from variables
p='a*'; case abc in $p) echo 1;; esac; case abc in "$p") echo no;; *) echo 2;; esac; p='a\*'; case 'a*' in $p) echo 3;; esac; case 'ab' in $p) echo no;; *) echo 4;; esac

#### slashes and periods are ordinary
case a/b in a*b) echo 1;; esac; case a/b in a?b) echo 2;; esac; case .a in *a) echo 3;; esac; case .a in ?a) echo 4;; esac; case / in [/]) echo 5;; esac

#### characters
## dash: counts bytes
case ä in ?) echo 1;; esac; case äö in ??) echo 2;; esac; case ä in [ä]) echo 3;; esac

#### a caret
## dash: knows only `!`
case b in [^a]) echo 1;; esac; case ^ in [a^]) echo 2;; esac

#### in trimming
x=abcabc; echo ${x#*b} ${x##*b} ${x%b*} ${x%%b*} ${x#[a-b]} ${x##[a-b]*} ${x%[!a]} ${x#?} ${x%??}

#### many stars
## dash: takes seconds, as the time that it needs is exponential
x=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; case $x in *a*a*a*a*a*a*a*a*a*b) echo no;; *) echo ok;; esac

#### an empty pattern
case '' in '') echo empty;; esac; case a in '') echo no;; esac; x=; case '' in $x) echo var;; esac

#### newlines
case 'a
b' in a*b) echo 1;; esac; case 'a
b' in a?b) echo 2;; esac

#### a backslash at the end
p='a\'; case 'a\' in $p) echo 1;; *) echo 2;; esac

#### pathnames
## dash: `.*` includes `.` and `..`
mkdir d .h; >a.c; >b.c; >.x; >d/e.c; echo *; echo .*; echo *.c; echo */*.c; echo d/*; echo [ab].c; echo ?.c; echo *.none; echo .[!.]*; echo "*" '*' \*; echo */

#### pathnames with quoted parts
>'a b'; >'a*b'; echo a*b; echo a"*"b; echo "a "*; x='a*'; echo $x "$x"

#### pathnames are sorted
>b; >a; >C; >1; LC_ALL=C; echo *

#### a pattern with slashes
mkdir -p d/e/f; >d/e/f/g; echo d/*/f/g; echo */e/*; echo d//e/*; echo ./*

#### $* in a pattern is joined by IFS
IFS=; x=abc; set -- a b; echo "${x#$*}"; IFS=:; x=a:bc; echo "${x#$*}"
case a:b in $*) echo match;; esac


#### a class that is not closed is none
## bash: leaves out the `[` itself
for s in a [ : b '[a' '[[:alpha]'; do case $s in [[:alpha]) echo "class $s";; [[=l]) echo "equivalent $s";; esac; done
x=alpha; echo "${x#[[:a]}" "${x%%[[:alph]*}"

#### a pattern is compiled anew in another locale
## dash: knows bytes only
f() { case é in ?) echo 1;; *) echo 2;; esac; }; LC_ALL=C.UTF-8; f; LC_ALL=C; f; LC_ALL=C.UTF-8; f
