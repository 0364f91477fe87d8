#### expanded
x=v; cat <<E
$x ${x}y $(echo sub) `echo back` $((1+2)) \$x \\ \a "q" 'q'
E

#### quoted delimiters
x=v; cat <<'E'
$x \$ `a` \
E
cat <<"E"
$x
E
cat <<\E
$x
E
cat <<E'F'
$x
EF

#### tabs are removed
cat <<-E
	one
		two
	 three	x
	E

#### tabs before the delimiter only with a dash
cat <<E
	E
E

#### several on a line
cat <<A; cat <<B
a
A
b
B

#### several for one command
cat <<A 3<<B; cat <<C 3<<D <&3
a
A
b
B
c
C
d
D

#### descriptors
cat 3<<E <&3
three
E

#### a joined line
cat <<E
a\
b
E

#### a joined line before the delimiter
cat <<E
a\
E
E

#### a joined delimiter
cat <<E
a
E\
F
E

#### in a pipeline
cat <<E | tr a-z A-Z
shout
E

#### in a loop
for i in 1 2; do cat <<E
i=$i
E
done

#### in a function
f() {
cat <<E
$1 $#
E
}
f a b; f c

#### in a compound command
while read x; do echo "<$x>"; done <<E
a
b c
E

#### in if
if cat <<E
cond
E
then echo yes; fi

#### in a substitution
x=$(cat <<E
in $((1+1))
E
); echo "$x"

#### in a substitution in a here-document
cat <<E
$(cat <<F
inner
F
) outer
E

#### with a closing parenthesis in it
x=$(cat <<'E'
) ( '
E
); echo "$x"

#### in a subshell
(cat <<E
sub
E
)

#### in a brace group
{ cat <<E
group
E
}

#### before an operator
cat <<E && echo and
a
E

#### after the command name's arguments
cat - <<E /dev/null
a
E

#### an empty one
cat <<E
E
echo "$?"

#### an empty delimiter
cat <<''
a

echo b

#### the end of the script ends it
## bash: warns
cat <<E
no end

#### without a newline at the end of the script
cat <<E
a
E

#### the delimiter with blanks
cat <<'a b'
x
a b

#### a delimiter in the middle of a line is none
cat <<E
x E
E x
E

#### a delimiter like an expansion
cat <<$x
a
$x

#### quotes in expansions
x=; cat <<E
${x:-a "b" c} ${x:-'d'}
E

#### a backslash before a brace
cat <<E
${x:-a\}b}
E

#### no splitting and no globbing
x='a   b *'; cat <<E
$x
E

#### $@ in a here-document
## bash: splits at blanks
set -- a 'b  c'; cat <<E
$@ $*
E

#### the last redirection wins
cat <<A <<B
a
A
b
B

#### a large one
x=$(dd if=/dev/zero bs=1000 count=200 2>/dev/null | tr '\0' a); cat <<E | wc -c | tr -d ' '
$x
E

#### for a built-in
read a b <<E
one two three
E
echo "$a,$b"

#### for exec
exec 3<<E
kept
E
cat <&3

#### a here-document in eval
eval 'cat <<E
evaled
E
echo after'

#### a here-document and a comment
cat <<E # comment
a # no comment
E

#### a dollar at the end of a line
cat <<E
a$
$ b
E

#### a here-document is read again
f() { cat; cat; }; f <<E
once
E

#### case in a here-document's substitution
cat <<E
$(case a in a) echo found;; esac)
E

#### the status
cat <<E >/dev/null; echo $?
a
E

#### an assignment in it stays
## bash: expands it in the child
cat <<E
${x=set}
E
echo "$x"


#### escaped quotes in backquotes
## bash: they are literal
cat <<END
`echo \"1\"`
" `echo \"2\"` "
END

#### here-documents: several on a line, tabs, quoted, in a substitution
cat <<A; cat <<-B; cat <<'C'; echo "$(cat <<D
in $((1+1))
D
)"
a $HOME
A
	tab	b
	B
$HOME \x
C

#### a here-document of a loop, of a function and in a pipeline
while read -r l; do echo "<$l>"; done <<A | tr a-z A-Z
x
y
A
f() { cat; }; f <<B
in f
B
cat <<C && echo and
c
C

#### line continuation and backslashes in a here-document
x=v; cat <<A
a\
b \$x $x \\ \" \a `echo "q"` ${x:-"r"} ${n:-"s t"}
A

#### a here-document without its end
## bash: warns
cat <<E
text

#### a delimiter quoted with $'…', and with quotes of all kinds
## dash: knows no $'…'
cat <<a$'b\tc'"d\$\"'\q"\e
$x
ab	cd$"'\qe
echo on
